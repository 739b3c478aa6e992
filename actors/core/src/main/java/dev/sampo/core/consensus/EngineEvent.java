package dev.sampo.core.consensus;

import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import java.time.Duration;

/** What an engine reports for metrics and logs. */
public sealed interface EngineEvent {

  record ViewEntered(View view, ValidatorIndex leader) implements EngineEvent {}

  record ViewNullified(View view) implements EngineEvent {}

  record BlockNotarized(View view, Duration sinceEntered) implements EngineEvent {}

  record BlockFinalized(View view, Duration sinceEntered) implements EngineEvent {}

  /** A message was ignored for the named reason. */
  record MessageIgnored(ValidatorIndex from, String reason) implements EngineEvent {}

  /** The parent's time lies ahead of the local clock by more than the tolerated skew (W8). */
  record ClockBehind(Duration by) implements EngineEvent {}

  /** What was promised is lost: so many of the answers that are needed have come (RE2, RE5). */
  record Recovering(int replies, int needed) implements EngineEvent {}

  /** The validator votes again in this view and later ones (RE3). */
  record RecoverySettled(View from, int incarnation) implements EngineEvent {}
}
