package dev.sampo.simulation.scenario;

import java.util.Arrays;
import java.util.Optional;

/** The faults by the names that people use for them. */
enum FaultName {
  PARTITION,
  CUT,
  HEAL,
  DELAY,
  DROP,
  DUPLICATE,
  REPLAY,
  CRASH,
  RESTART,
  PAUSE,
  SLOW_DISK,
  FAIL_DISK,
  ROT_BIT,
  MISDIRECT_WRITE,
  WIPE_DISK,
  ROLL_BACK_DISK,
  RECOVER_DISK,
  START_COPY,
  SKEW_CLOCK,
  JUMP_CLOCK,
  CORRUPT;

  String word() {
    return FaultText.lower(name());
  }

  static Optional<FaultName> of(String word) {
    return Arrays.stream(values()).filter(name -> name.word().equals(word)).findFirst();
  }
}
