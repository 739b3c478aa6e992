package dev.sampo.cluster.chaos;

import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.simulation.fault.Fault;
import dev.sampo.simulation.fault.FaultSchedule;
import dev.sampo.simulation.fault.TimedFault;
import dev.sampo.simulation.scenario.DataCentre;
import dev.sampo.simulation.scenario.Scenario;
import dev.sampo.simulation.scenario.ScenarioRefused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Faults in the words of scenario files, about the validators and data centres of one demo.
 *
 * @param validators by their names, in the order of their indices
 */
public record ChaosWords(List<String> validators, List<DataCentre> dataCentres) {

  private static final String START = "at 0s ";

  public ChaosWords {
    validators = List.copyOf(validators);
    dataCentres = List.copyOf(dataCentres);
  }

  /** Of validators by their names and places, both in the order of their indices. */
  public static ChaosWords of(List<String> validators, List<String> places) {
    var members = new LinkedHashMap<String, List<Integer>>();
    for (int i = 0; i < places.size(); i++) {
      members.computeIfAbsent(places.get(i), _ -> new ArrayList<>()).add(i);
    }
    return new ChaosWords(
        validators,
        members.entrySet().stream()
            .map(place -> new DataCentre(place.getKey(), place.getValue()))
            .toList());
  }

  /** In normal form what a person wrote; refuses what real processes cannot be given. */
  public String normal(String words) {
    var fault = read(words);
    Expressible.require(fault);
    return text(fault);
  }

  /** Also takes {@code v1} where scenario files say {@code 0}. */
  Fault read(String words) {
    try {
      return Scenario.parse(header() + START + withIndices(words) + "\n")
          .schedule()
          .faults()
          .getFirst()
          .fault();
    } catch (ScenarioRefused refused) {
      throw new CommandFailed(ExitCode.USAGE, refused.flaws().getFirst().message(), refused);
    }
  }

  /** What {@link #read} reads as this fault again, on one line. */
  static String text(Fault fault) {
    var alone = FaultSchedule.of(new TimedFault(Duration.ZERO, fault));
    var line = new Scenario(Scenario.VALIDATORS_MAX, List.of(), alone).text().strip();
    return line.substring(line.lastIndexOf(START) + START.length());
  }

  private int index(String name) {
    int index = validators.indexOf(name);
    if (index < 0) {
      throw new CommandFailed(
          ExitCode.NOT_FOUND,
          "the demo has no validator " + name + "; it has " + String.join(", ", validators));
    }
    return index;
  }

  private String header() {
    return "sampo-scenario "
        + Scenario.VERSION
        + "\nvalidators "
        + validators.size()
        + "\n"
        + dataCentres.stream().map(ChaosWords::line).collect(Collectors.joining());
  }

  private static String line(DataCentre dataCentre) {
    var members = dataCentre.validators().stream().map(String::valueOf);
    return "data-centre "
        + dataCentre.name()
        + " "
        + members.collect(Collectors.joining(","))
        + "\n";
  }

  private String withIndices(String words) {
    var text = new StringBuilder();
    for (var word : words.split("(?<=[ ,|>])|(?=[ ,|>])", -1)) {
      text.append(word.matches("v[0-9]+") ? Integer.toString(index(word)) : word);
    }
    return text.toString();
  }
}
