package dev.sampo.simulation.scenario;

import dev.sampo.simulation.fault.FaultSchedule;
import java.util.List;

/**
 * Which faults befall how many validators, and when. Its text is in normal form: the same scenario
 * always prints the same, and what it prints is read back as equal. Comments and the names of data
 * centres in faults are conveniences of the writer, and are not kept.
 *
 * @param validators 1 to 16
 */
public record Scenario(int validators, List<DataCentre> dataCentres, FaultSchedule schedule) {

  /** The version of the format, in the first line of every file. */
  public static final int VERSION = 1;

  static final String HEADER = "sampo-scenario";
  static final int VALIDATORS_MAX = 16;

  public Scenario {
    dataCentres = List.copyOf(dataCentres);
    if (validators < 1 || validators > VALIDATORS_MAX) {
      throw new IllegalArgumentException("a scenario has 1 to 16 validators, not " + validators);
    }
  }

  /** Throws {@link ScenarioRefused} with every error of the text. */
  public static Scenario parse(String text) {
    return new ScenarioParser().parse(text);
  }

  /** The scenario in normal form, each line ended by a line feed. */
  public String text() {
    var text = new StringBuilder();
    text.append(HEADER).append(' ').append(VERSION).append('\n');
    text.append("validators ").append(validators).append('\n');
    for (var dataCentre : dataCentres) {
      text.append("data-centre ").append(dataCentre.name()).append(' ');
      text.append(FaultText.indices(dataCentre.validators())).append('\n');
    }
    for (var timed : schedule.faults()) {
      text.append("at ").append(DurationText.of(timed.at())).append(' ');
      text.append(FaultText.of(timed.fault())).append('\n');
    }
    return text.toString();
  }
}
