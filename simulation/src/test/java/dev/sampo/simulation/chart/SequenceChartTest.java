package dev.sampo.simulation.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.simulation.fault.Fault;
import dev.sampo.simulation.fault.FaultSchedule;
import dev.sampo.simulation.fault.Tail;
import dev.sampo.simulation.fault.TimedFault;
import dev.sampo.simulation.run.Simulation;
import dev.sampo.simulation.swarm.Profile;
import dev.sampo.simulation.weak.Hasty;
import dev.sampo.simulation.world.Machines;
import dev.sampo.simulation.world.SimulationSettings;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

final class SequenceChartTest {

  private static final SimulationSettings SETTINGS =
      SimulationSettings.of(4)
          .withValidators(4)
          .withProfile(Profile.UNBOUNDED)
          .withTransactions(20)
          .withDuration(Duration.ofSeconds(20));

  @Test
  void showsTheViolationInAWellFormedPage() throws Exception {
    var schedule = crash();
    var machines = new Hasty();
    var violation = Simulation.run(SETTINGS, schedule, machines).violations().getFirst();

    var page = parse(SequenceChart.draw(SETTINGS, schedule, machines, 300));

    assertThat(texts(page, "p", "violation")).contains(violation.toString());
    assertThat(texts(page, "line", "end")).isNotEmpty();
    assertThat(texts(page, "line", "line")).as("validators and clients").hasSize(5);
    assertThat(texts(page, "line", "arrow")).isNotEmpty();
    assertThat(texts(page, "text", "fault")).anyMatch(text -> text.contains("Restart"));
  }

  @Test
  void needsNothingFromElsewhere() {
    var page = SequenceChart.draw(SETTINGS, FaultSchedule.NONE, Machines.SHIPPED, 100);

    assertThat(page).doesNotContain("href", "src=", "@import", "<script");
  }

  @Test
  void escapesWhatARunSays() throws Exception {
    var text = "<script>&\"'\u0001\uD800 ü";
    var entry = Entry.of(0, 0, Entry.Kind.FAULT, text);

    var page = parse(new Drawing(text, 4, List.of(entry)).html());

    assertThat(texts(page, "text", "fault")).hasSize(1);
    assertThat(texts(page, "text", "fault").getFirst()).contains("<script>&\"'\uFFFD\uFFFD ü");
  }

  @Test
  void changesNothingInTheRun() {
    var result = Simulation.run(SETTINGS, crash(), new Hasty());

    var page = SequenceChart.draw(SETTINGS, crash(), new Hasty(), 10);

    assertThat(page).contains(result.events() + " events");
  }

  @Test
  void refusesMoreRowsThanABrowserShows() {
    assertThatThrownBy(
            () ->
                SequenceChart.draw(
                    SETTINGS, FaultSchedule.NONE, Machines.SHIPPED, SequenceChart.ROWS_MAX + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static FaultSchedule crash() {
    return FaultSchedule.of(
        new TimedFault(Duration.ofMillis(20), new Fault.Crash(1, Tail.LOST)),
        new TimedFault(Duration.ofMillis(40), new Fault.Restart(1)));
  }

  private static Document parse(String page) throws Exception {
    var bytes = page.getBytes(StandardCharsets.UTF_8);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(bytes));
  }

  private static List<String> texts(Document page, String name, String kind) {
    var found = new ArrayList<String>();
    var all = page.getElementsByTagName(name);
    for (int i = 0; i < all.getLength(); i++) {
      if (all.item(i) instanceof Element element && element.getAttribute("class").equals(kind)) {
        found.add(element.getTextContent());
      }
    }
    return found;
  }
}
