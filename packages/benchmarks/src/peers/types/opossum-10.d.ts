declare module 'opossum-10' {
  import CircuitBreaker from 'opossum';
  export default CircuitBreaker;
}
