package dev.sampo.simulation.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.simulation.fault.Behaviour;
import dev.sampo.simulation.fault.Fault;
import dev.sampo.simulation.fault.FaultSchedule;
import dev.sampo.simulation.fault.Link;
import dev.sampo.simulation.fault.Tail;
import dev.sampo.simulation.fault.TimedFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ScenarioTest {

  private static final String NORMAL_FORM =
      """
      sampo-scenario 1
      validators 4
      data-centre a 0,1
      data-centre b 2,3
      at 2s partition 0,1 | 2,3
      at 2500ms cut 0>1
      at 3s delay *>2 20ms..200ms
      at 3s drop *>* 10%
      at 3s duplicate 0>* 5%
      at 3s replay 0>1 5%
      at 5s heal
      at 6s crash 2 torn
      at 7s restart 2
      at 8s pause 1 500ms
      at 8s slow-disk 1 x10
      at 8s fail-disk 1
      at 8s rot-bit 1
      at 8s misdirect-write 1
      at 8s wipe-disk 1
      at 8s roll-back-disk 1 5s
      at 9s skew-clock 1 +3s
      at 9s jump-clock 1 -200ms
      at 1m corrupt 3 equivocate
      """;

  @Test
  void printsWhatItRead() {
    assertThat(Scenario.parse(NORMAL_FORM).text()).isEqualTo(NORMAL_FORM);
  }

  @Test
  void readsEveryFaultThatItPrints() {
    var faults = new ArrayList<TimedFault>();
    for (var behaviour : Behaviour.values()) {
      faults.add(at(1, new Fault.Corrupt(3, behaviour)));
    }
    for (var tail : Tail.values()) {
      faults.add(at(1, new Fault.Crash(0, tail)));
    }
    faults.add(at(1_000_001, new Fault.Delay(Link.ALL, Duration.ZERO, Duration.ofNanos(7))));
    faults.add(at(7_200_000_000_000L, new Fault.JumpClock(0, Duration.ofDays(-3))));
    faults.add(at(7_200_000_000_000L, new Fault.SkewClock(0, Duration.ofSeconds(90))));
    var scenario = new Scenario(4, List.of(), new FaultSchedule(faults));

    assertThat(Scenario.parse(scenario.text())).isEqualTo(scenario);
  }

  private static TimedFault at(long nanos, Fault fault) {
    return new TimedFault(Duration.ofNanos(nanos), fault);
  }

  @Test
  void takesCommentsAndNamesOfDataCentres() {
    var read =
        Scenario.parse(
            """
            # two data centres that lose each other
            sampo-scenario 1
            data-centre a 0,1   # the first
            data-centre b 2

            at 2s   partition a | b,3
            at 2s crash 0
            """);

    assertThat(read.schedule().faults())
        .extracting(TimedFault::fault)
        .containsExactly(
            new Fault.Partition(List.of(List.of(0, 1), List.of(2, 3))),
            new Fault.Crash(0, Tail.KEPT));
    assertThat(Scenario.parse(read.text())).isEqualTo(read);
  }

  @Test
  void namesEveryErrorWithItsLine() {
    var text =
        """
        sampo-scenario 1
        validators 4
        data-centre a 0,1
        at 2s partitoin 0,1 | 2,3
        at 2s crash 4
        at soon heal
        at 1s heal
        at 3s partition a | c
        at 3s partition 0,1 | 1,2
        at 3s cut 0>0
        at 3s corrupt 1 equivocat
        at 3s drop 0>1 200%
        at 3s delay 0>1 20ms..5ms
        at 4s skew-clock 1
        validator 4
        """;

    assertThat(flaws(text))
        .containsExactly(
            "line 4: unknown fault 'partitoin'; did you mean 'partition'?",
            "line 5: there is no validator 4; the indices are 0 to 3",
            "line 6: 'soon' is not a duration; write a whole number and ns, us, ms, s, m or h",
            "line 7: time goes back from 2s to 1s",
            "line 8: unknown data centre 'c'; did you mean 'a'?",
            "line 9: validator 1 is in the partition twice",
            "line 10: '0>0' links a validator to itself",
            "line 11: unknown 'equivocat'; did you mean 'equivocate'?",
            "line 12: a percentage is 0 to 100, not 200",
            "line 13: a delay lasts from 0 <= min to max >= min",
            "line 14: write: skew-clock VALIDATOR +OFFSET",
            "line 15: unknown 'validator'; did you mean 'validators'?");
  }

  @Test
  void refusesAnotherVersionBeforeAnythingElse() {
    assertThat(flaws("sampo-scenario 2\nat never explode\n"))
        .containsExactly("line 1: this is a scenario of version 2; this release reads version 1");
  }

  @Test
  void refusesATextWithoutVersion() {
    assertThat(flaws("at 1s heal\nat 2s haul\n"))
        .containsExactly(
            "line 1: the first line must be 'sampo-scenario 1'",
            "line 2: unknown fault 'haul'; did you mean 'heal'?");
    assertThat(flaws("# nothing\n"))
        .containsExactly("line 1: the first line must be 'sampo-scenario 1'");
  }

  @Test
  void refusesImpossibleSizesAndPlaces() {
    assertThat(
            flaws(
                """
                sampo-scenario 1
                validators 17
                data-centre a 0,1
                data-centre a 2
                data-centre b 1,2
                validators 4
                """))
        .containsExactly(
            "line 2: a scenario has 1 to 16 validators, not 17",
            "line 4: there are two data centres 'a'",
            "line 5: validator 1 stands in a data centre already",
            "line 6: the number of validators stands before what names them");
  }

  private static List<String> flaws(String text) {
    try {
      throw new AssertionError("accepted " + Scenario.parse(text));
    } catch (ScenarioRefused refused) {
      return refused.flaws().stream().map(ScenarioRefused.Flaw::toString).toList();
    }
  }
}
