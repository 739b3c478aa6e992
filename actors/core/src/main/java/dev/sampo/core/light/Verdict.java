package dev.sampo.core.light;

/** What a light client makes of a proof. */
public sealed interface Verdict<T> {

  /** It holds. */
  record Verified<T>(T value) implements Verdict<T> {}

  /** It proves nothing. */
  record Refused<T>(Refusal reason) implements Verdict<T> {}
}
