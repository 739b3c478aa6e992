package dev.sampo.simulation.scenario;

import dev.sampo.simulation.fault.FaultSchedule;
import dev.sampo.simulation.fault.TimedFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Reads a scenario file and reports every error with its line. Used for one text. */
final class ScenarioParser {

  private static final int LINES_MAX = 100_000;
  private static final int VALIDATORS_DEFAULT = 4;

  private final List<ScenarioRefused.Flaw> flaws = new ArrayList<>();
  private final List<TimedFault> faults = new ArrayList<>();
  private final List<DataCentre> dataCentres = new ArrayList<>();
  private int validators = VALIDATORS_DEFAULT;
  private boolean hasVersion;
  private Duration latest = Duration.ZERO;

  Scenario parse(String text) {
    var lines = text.split("\r?\n", -1);
    if (lines.length > LINES_MAX) {
      throw new ScenarioRefused(
          List.of(new ScenarioRefused.Flaw(LINES_MAX, "a scenario has at most 100000 lines")));
    }
    for (int i = 0; i < lines.length; i++) {
      var line = withoutComment(lines[i]);
      if (!line.isEmpty()) {
        read(i + 1, List.of(line.split("\\s+")));
      }
    }
    if (!hasVersion && flaws.isEmpty()) {
      flaws.add(new ScenarioRefused.Flaw(1, firstLine()));
    }
    if (!flaws.isEmpty()) {
      throw new ScenarioRefused(flaws);
    }
    return new Scenario(validators, dataCentres, new FaultSchedule(faults));
  }

  private static String withoutComment(String line) {
    int comment = line.indexOf('#');
    return (comment < 0 ? line : line.substring(0, comment)).strip();
  }

  private static String firstLine() {
    return "the first line must be '" + Scenario.HEADER + " " + Scenario.VERSION + "'";
  }

  private void read(int number, List<String> words) {
    try {
      if (words.getFirst().equals(Scenario.HEADER)) {
        readVersion(number, words);
        return;
      }
      if (!hasVersion) {
        hasVersion = true;
        flaws.add(new ScenarioRefused.Flaw(number, firstLine()));
      }
      readLine(words);
    } catch (BadLine bad) {
      flaws.add(new ScenarioRefused.Flaw(number, bad.reason()));
    }
  }

  private void readVersion(int number, List<String> words) throws BadLine {
    if (hasVersion) {
      throw new BadLine("the version stands in the first line only");
    }
    hasVersion = true;
    if (words.size() != 2 || !words.get(1).equals(Integer.toString(Scenario.VERSION))) {
      var found = words.size() < 2 ? "no version" : "version " + words.get(1);
      // Nothing else can be said of lines whose meaning this release does not know.
      throw new ScenarioRefused(
          List.of(
              new ScenarioRefused.Flaw(
                  number,
                  "this is a scenario of "
                      + found
                      + "; this release reads version "
                      + Scenario.VERSION)));
    }
  }

  private void readLine(List<String> words) throws BadLine {
    var rest = words.subList(1, words.size());
    switch (words.getFirst()) {
      case "validators" -> readValidators(rest);
      case "data-centre" -> readDataCentre(rest);
      case "at" -> readFault(rest);
      default ->
          throw new BadLine(
              "unknown '"
                  + words.getFirst()
                  + "'"
                  + Suggestion.among(words.getFirst(), List.of("validators", "data-centre", "at")));
    }
  }

  private void readValidators(List<String> words) throws BadLine {
    if (words.size() != 1) {
      throw new BadLine("write: validators COUNT");
    }
    if (!dataCentres.isEmpty() || !faults.isEmpty()) {
      throw new BadLine("the number of validators stands before what names them");
    }
    int count = FaultReader.number(words.getFirst());
    if (count < 1 || count > Scenario.VALIDATORS_MAX) {
      throw new BadLine("a scenario has 1 to 16 validators, not " + count);
    }
    validators = count;
  }

  private void readDataCentre(List<String> words) throws BadLine {
    if (words.size() != 2) {
      throw new BadLine("write: data-centre NAME INDICES, such as data-centre a 0,1");
    }
    var name = words.getFirst();
    var taken = new TreeSet<Integer>();
    for (var other : dataCentres) {
      taken.addAll(other.validators());
      if (other.name().equals(name)) {
        throw new BadLine("there are two data centres '" + name + "'");
      }
    }
    var members = new Validators(validators, List.of()).group(words.get(1));
    for (int member : members) {
      if (!taken.add(member)) {
        throw new BadLine("validator " + member + " stands in a data centre already");
      }
    }
    try {
      dataCentres.add(new DataCentre(name, members));
    } catch (IllegalArgumentException refused) {
      throw new BadLine(String.valueOf(refused.getMessage()));
    }
  }

  private void readFault(List<String> words) throws BadLine {
    if (words.size() < 2) {
      throw new BadLine("write: at TIME FAULT, such as at 2s heal");
    }
    var at = DurationText.read(words.getFirst());
    if (at.compareTo(latest) < 0) {
      throw new BadLine(
          "time goes back from " + DurationText.of(latest) + " to " + words.getFirst());
    }
    latest = at;
    var reader = new FaultReader(new Validators(validators, dataCentres));
    faults.add(new TimedFault(at, reader.read(words.get(1), words.subList(2, words.size()))));
  }
}
