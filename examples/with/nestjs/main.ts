// NestJS: a decorated method, and a filter. Legacy decorators: npx tsx --tsconfig examples/with/nestjs/tsconfig.json <this file>

import { CircuitBreaker, CircuitOpenError } from '@breaker/core';
import { type ArgumentsHost, Catch, Controller, Get, Inject, Injectable, Module } from '@nestjs/common';
import { APP_FILTER, NestFactory } from '@nestjs/core';
import type { Response } from 'express';
import { visit } from '../../support/visit.js';

const breaker = new CircuitBreaker('prices', { failureThreshold: 2 });

@Injectable()
class Prices {
  @breaker.guard async find(): Promise<number> {
    throw new Error('no price today');
  }
}

@Controller('price')
class PriceController {
  constructor(@Inject(Prices) private readonly prices: Prices) {} // tsx emits no types of parameters: by tsc, no @Inject
  @Get() find(): Promise<number> {
    return this.prices.find();
  }
}

@Catch(CircuitOpenError)
class CircuitOpenFilter {
  catch({ code, retryAfterMs }: CircuitOpenError, host: ArgumentsHost): void {
    const headers = retryAfterMs === undefined ? {} : { 'Retry-After': String(Math.ceil(retryAfterMs / 1_000)) };
    host.switchToHttp().getResponse<Response>().set(headers).status(503).json({ error: code });
  }
}

@Module({ controllers: [PriceController], providers: [Prices, { provide: APP_FILTER, useClass: CircuitOpenFilter }] })
class Shop {}

const app = await NestFactory.create(Shop, { logger: false });
await app.listen(0, '127.0.0.1');
for (let call = 1; call <= 3; call++) await visit(`${await app.getUrl()}/price`);
await app.close();
