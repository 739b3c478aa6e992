package dev.sampo.simulation.scenario;

import dev.sampo.simulation.fault.Behaviour;
import dev.sampo.simulation.fault.Fault;
import dev.sampo.simulation.fault.Link;
import dev.sampo.simulation.fault.Tail;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.Function;

/** Reads what stands behind a time in a scenario file. */
final class FaultReader {

  private final Validators validators;

  FaultReader(Validators validators) {
    this.validators = validators;
  }

  Fault read(String name, List<String> words) throws BadLine {
    var known = FaultName.of(name);
    if (known.isEmpty()) {
      var names = Arrays.stream(FaultName.values()).map(FaultName::word).toList();
      throw new BadLine("unknown fault '" + name + "'" + Suggestion.among(name, names));
    }
    try {
      return read(known.get(), words);
    } catch (IllegalArgumentException refused) {
      throw new BadLine(String.valueOf(refused.getMessage()));
    }
  }

  private Fault read(FaultName name, List<String> words) throws BadLine {
    return switch (name) {
      case PARTITION -> partition(words);
      case CUT -> cut(only(words, "cut FROM>TO"));
      case HEAL -> {
        require(words, 0, "heal");
        yield new Fault.Heal();
      }
      case DELAY -> delay(words);
      case DROP -> new Fault.Drop(linkOf(words, "drop"), percentOf(words, "drop"));
      case DUPLICATE ->
          new Fault.Duplicate(linkOf(words, "duplicate"), percentOf(words, "duplicate"));
      case REPLAY -> new Fault.Replay(linkOf(words, "replay"), percentOf(words, "replay"));
      case CRASH -> crash(words);
      case RESTART -> new Fault.Restart(validator(only(words, "restart VALIDATOR")));
      case PAUSE -> {
        require(words, 2, "pause VALIDATOR DURATION");
        yield new Fault.Pause(validator(words.get(0)), DurationText.read(words.get(1)));
      }
      case SLOW_DISK -> slowDisk(words);
      case FAIL_DISK -> new Fault.FailDisk(validator(only(words, "fail-disk VALIDATOR")));
      case ROT_BIT -> new Fault.RotBit(validator(only(words, "rot-bit VALIDATOR")));
      case MISDIRECT_WRITE ->
          new Fault.MisdirectWrite(validator(only(words, "misdirect-write VALIDATOR")));
      case WIPE_DISK -> new Fault.WipeDisk(validator(only(words, "wipe-disk VALIDATOR")));
      case ROLL_BACK_DISK -> {
        require(words, 2, "roll-back-disk VALIDATOR AGE");
        yield new Fault.RollBackDisk(validator(words.get(0)), DurationText.read(words.get(1)));
      }
      case RECOVER_DISK -> new Fault.RecoverDisk(validator(only(words, "recover-disk VALIDATOR")));
      case START_COPY -> new Fault.StartCopy(validator(only(words, "start-copy VALIDATOR")));
      case SKEW_CLOCK -> {
        require(words, 2, "skew-clock VALIDATOR +OFFSET");
        yield new Fault.SkewClock(validator(words.get(0)), DurationText.readSigned(words.get(1)));
      }
      case JUMP_CLOCK -> {
        require(words, 2, "jump-clock VALIDATOR +JUMP");
        yield new Fault.JumpClock(validator(words.get(0)), DurationText.readSigned(words.get(1)));
      }
      case CORRUPT -> corrupt(words);
    };
  }

  private Fault partition(List<String> words) throws BadLine {
    var groups = new ArrayList<List<Integer>>();
    var seen = new TreeSet<Integer>();
    for (var part : String.join(" ", words).split("\\|", -1)) {
      var group = validators.group(part.strip());
      for (int member : group) {
        if (!seen.add(member)) {
          throw new BadLine("validator " + member + " is in the partition twice");
        }
      }
      groups.add(group);
    }
    return new Fault.Partition(groups);
  }

  private Fault cut(String text) throws BadLine {
    var link = link(text);
    if (link.from().isEmpty() || link.to().isEmpty()) {
      throw new BadLine("a cut is between two validators, such as 0>1");
    }
    return new Fault.Cut(link.from().getAsInt(), link.to().getAsInt());
  }

  private Fault delay(List<String> words) throws BadLine {
    require(words, 2, "delay FROM>TO MIN..MAX");
    var range = words.get(1).split("\\.\\.", -1);
    if (range.length > 2) {
      throw new BadLine("'" + words.get(1) + "' is not a range of durations such as 5ms..50ms");
    }
    return new Fault.Delay(
        link(words.get(0)),
        DurationText.read(range[0]),
        DurationText.read(range[range.length - 1]));
  }

  private Fault crash(List<String> words) throws BadLine {
    if (words.size() == 1) {
      return new Fault.Crash(validator(words.getFirst()), Tail.KEPT);
    }
    require(words, 2, "crash VALIDATOR lost|torn|kept");
    return new Fault.Crash(
        validator(words.get(0)), constant(words.get(1), Tail.values(), FaultText::word));
  }

  private Fault slowDisk(List<String> words) throws BadLine {
    require(words, 2, "slow-disk VALIDATOR xFACTOR");
    if (!words.get(1).startsWith("x")) {
      throw new BadLine("'" + words.get(1) + "' is not a factor such as x10");
    }
    return new Fault.SlowDisk(validator(words.get(0)), number(words.get(1).substring(1)));
  }

  private Fault corrupt(List<String> words) throws BadLine {
    require(words, 2, "corrupt VALIDATOR BEHAVIOUR");
    return new Fault.Corrupt(
        validator(words.get(0)), constant(words.get(1), Behaviour.values(), FaultText::word));
  }

  private static <T> T constant(String word, T[] constants, Function<T, String> name)
      throws BadLine {
    for (var constant : constants) {
      if (name.apply(constant).equals(word)) {
        return constant;
      }
    }
    var names = Arrays.stream(constants).map(name).toList();
    throw new BadLine("unknown '" + word + "'" + Suggestion.among(word, names));
  }

  private Link linkOf(List<String> words, String name) throws BadLine {
    require(words, 2, name + " FROM>TO PERCENT%");
    return link(words.get(0));
  }

  private static int percentOf(List<String> words, String name) throws BadLine {
    require(words, 2, name + " FROM>TO PERCENT%");
    var text = words.get(1);
    if (!text.endsWith("%")) {
      throw new BadLine("'" + text + "' is not a percentage such as 10%");
    }
    return number(text.substring(0, text.length() - 1));
  }

  private Link link(String text) throws BadLine {
    var ends = text.split(">", -1);
    if (ends.length != 2) {
      throw new BadLine("'" + text + "' is not a link such as 0>1, *>2 or *>*");
    }
    var link = new Link(end(ends[0]), end(ends[1]));
    if (link.from().isPresent() && link.from().equals(link.to())) {
      throw new BadLine("'" + text + "' links a validator to itself");
    }
    return link;
  }

  private OptionalInt end(String text) throws BadLine {
    return text.equals("*") ? OptionalInt.empty() : OptionalInt.of(validator(text));
  }

  private int validator(String text) throws BadLine {
    return validators.index(text);
  }

  static int number(String text) throws BadLine {
    if (!text.matches("[0-9]{1,9}")) {
      throw new BadLine("'" + text + "' is not a whole number");
    }
    return Integer.parseInt(text);
  }

  private static String only(List<String> words, String usage) throws BadLine {
    require(words, 1, usage);
    return words.getFirst();
  }

  private static void require(List<String> words, int count, String usage) throws BadLine {
    if (words.size() != count) {
      throw new BadLine("write: " + usage);
    }
  }
}
