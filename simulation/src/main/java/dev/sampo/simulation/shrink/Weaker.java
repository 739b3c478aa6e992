package dev.sampo.simulation.shrink;

import dev.sampo.simulation.fault.Fault;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Faults of the same kind that last less long. */
final class Weaker {

  private static final Duration LEAST = Duration.ofMillis(1);

  private Weaker() {}

  /** The fault with another length; itself if it has none. */
  static Fault lasting(Fault fault, UnaryOperator<Duration> length) {
    return switch (fault) {
      case Fault.Pause(int validator, var of) -> new Fault.Pause(validator, length.apply(of));
      case Fault.Delay(var link, var min, var max) ->
          new Fault.Delay(link, length.apply(min), length.apply(max));
      case Fault.RollBackDisk(int validator, var age) ->
          new Fault.RollBackDisk(validator, length.apply(age));
      case Fault other -> other;
    };
  }

  /** Half of it, or nothing if there is no half worth a try. */
  static Optional<Fault> half(Fault fault) {
    var halved =
        switch (fault) {
          case Fault.SlowDisk(int validator, int factor) ->
              new Fault.SlowDisk(validator, Math.max(1, factor / 2));
          case Fault.SkewClock(int validator, var offset) ->
              new Fault.SkewClock(validator, halfOf(offset));
          case Fault.JumpClock(int validator, var by) -> new Fault.JumpClock(validator, halfOf(by));
          case Fault other -> lasting(other, Weaker::halfOf);
        };
    return halved.equals(fault) ? Optional.empty() : Optional.of(halved);
  }

  private static Duration halfOf(Duration length) {
    return length.abs().compareTo(LEAST) < 0 ? length : Duration.ofMillis(length.toMillis() / 2);
  }
}
