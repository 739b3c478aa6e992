package dev.sampo.cluster.chaos;

import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.simulation.fault.Fault;
import dev.sampo.simulation.fault.Tail;
import java.util.Optional;

/** Which faults a demo of real processes can be given. */
final class Expressible {

  private Expressible() {}

  /** Why it cannot; nothing if it can. */
  static Optional<String> refusal(Fault fault) {
    return switch (fault) {
      case Fault.Partition _,
          Fault.Cut _,
          Fault.Heal _,
          Fault.Delay _,
          Fault.Drop _,
          Fault.Restart _ ->
          Optional.empty();
      case Fault.Crash(_, var tail) ->
          tail == Tail.KEPT
              ? Optional.empty()
              : because("what a killed process has written stays with the operating system");
      case Fault.Duplicate _, Fault.Replay _ ->
          because("TLS lets no record of a connection arrive twice, nor on another one");
      case Fault.Pause _ -> because("the demo cannot stop a process and let it go on");
      case Fault.SlowDisk _, Fault.FailDisk _, Fault.RotBit _, Fault.MisdirectWrite _ ->
          because("the disk is that of the machine");
      case Fault.WipeDisk _, Fault.RollBackDisk _, Fault.RecoverDisk _, Fault.StartCopy _ ->
          because("a disk is neither wiped nor restored");
      case Fault.SkewClock _, Fault.JumpClock _ -> because("the clock is that of the machine");
      case Fault.Corrupt _ -> because("real validators run the honest program");
    };
  }

  static void require(Fault fault) {
    refusal(fault)
        .ifPresent(
            reason -> {
              throw new CommandFailed(ExitCode.USAGE, "not on real processes: " + reason);
            });
  }

  private static Optional<String> because(String reason) {
    return Optional.of(reason);
  }
}
