package dev.sampo.simulation.shrink;

import dev.sampo.simulation.fault.Fault;
import dev.sampo.simulation.fault.Link;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Java expressions that make faults. */
final class FaultSource {

  private FaultSource() {}

  static String of(Fault fault) {
    return switch (fault) {
      case Fault.Partition(var groups) ->
          call("Partition", list(groups.stream().map(FaultSource::numbers).toList()));
      case Fault.Cut(int from, int to) -> call("Cut", from, to);
      case Fault.Heal h -> call("Heal");
      case Fault.Delay(var link, var min, var max) -> call("Delay", of(link), of(min), of(max));
      case Fault.Drop(var link, int percent) -> call("Drop", of(link), percent);
      case Fault.Duplicate(var link, int percent) -> call("Duplicate", of(link), percent);
      case Fault.Replay(var link, int percent) -> call("Replay", of(link), percent);
      case Fault.Crash(int validator, var tail) -> call("Crash", validator, "Tail." + tail);
      case Fault.Restart(int validator) -> call("Restart", validator);
      case Fault.Pause(int validator, var length) -> call("Pause", validator, of(length));
      case Fault.SlowDisk(int validator, int factor) -> call("SlowDisk", validator, factor);
      case Fault.FailDisk(int validator) -> call("FailDisk", validator);
      case Fault.RotBit(int validator) -> call("RotBit", validator);
      case Fault.MisdirectWrite(int validator) -> call("MisdirectWrite", validator);
      case Fault.WipeDisk(int validator) -> call("WipeDisk", validator);
      case Fault.RecoverDisk(int validator) -> call("RecoverDisk", validator);
      case Fault.StartCopy(int validator) -> call("StartCopy", validator);
      case Fault.RollBackDisk(int validator, var age) -> call("RollBackDisk", validator, of(age));
      case Fault.SkewClock(int validator, var offset) -> call("SkewClock", validator, of(offset));
      case Fault.JumpClock(int validator, var by) -> call("JumpClock", validator, of(by));
      case Fault.Corrupt(int validator, var behaviour) ->
          call("Corrupt", validator, "Behaviour." + behaviour);
    };
  }

  static String of(Duration duration) {
    return duration.toNanos() % 1_000_000 == 0
        ? "Duration.ofMillis(%dL)".formatted(duration.toMillis())
        : "Duration.ofNanos(%dL)".formatted(duration.toNanos());
  }

  private static String of(Link link) {
    if (link.from().isPresent() && link.to().isPresent()) {
      return "Link.of(%d, %d)".formatted(link.from().getAsInt(), link.to().getAsInt());
    }
    if (link.from().isPresent()) {
      return "Link.from(%d)".formatted(link.from().getAsInt());
    }
    return link.to().isPresent() ? "Link.to(%d)".formatted(link.to().getAsInt()) : "Link.ALL";
  }

  private static String numbers(List<Integer> numbers) {
    return list(numbers.stream().map(String::valueOf).toList());
  }

  private static String list(List<String> parts) {
    return parts.stream().collect(Collectors.joining(", ", "List.of(", ")"));
  }

  private static String call(String kind, Object... parameters) {
    return List.of(parameters).stream()
        .map(String::valueOf)
        .collect(Collectors.joining(", ", "new Fault." + kind + "(", ")"));
  }
}
