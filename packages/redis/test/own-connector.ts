import { connect, type Socket, type TcpNetConnectOpts } from 'node:net';
import { AbstractConnector } from 'ioredis';

/** A way to a server that an application has made itself. */
export class OwnConnector extends AbstractConnector {
  readonly options: TcpNetConnectOpts;

  constructor(options: unknown) {
    super(1);
    this.options = options as TcpNetConnectOpts;
  }

  async connect(): Promise<Socket> {
    const { host = '', port } = this.options;
    const stream = connect({ host, port });
    this.stream = stream;
    return stream;
  }
}
