package dev.sampo.cluster.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.cluster.placement.Loss;
import dev.sampo.cluster.placement.Member;
import dev.sampo.cluster.placement.Placement;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Of a demo whose data centre is cut off some ledgers keep a quorum (protocol 2.1), some do not.
 */
final class DemoCommitteesTest {

  /** One validator for each letter, which is its data centre. */
  private static List<Member> members(String dataCentres) {
    return IntStream.range(0, dataCentres.length())
        .mapToObj(i -> new Member("v" + (i + 1), dataCentres.substring(i, i + 1)))
        .toList();
  }

  private static List<String> committee(String dataCentres, String cut, int ledger) {
    return new DemoCommittees(members(dataCentres), Optional.of(cut)).ofLedger(ledger);
  }

  private static int margin(String dataCentres, String cut, int ledger) {
    var names = committee(dataCentres, cut, ledger);
    var committee =
        members(dataCentres).stream().filter(member -> names.contains(member.name())).toList();
    return new Placement(committee).margin(List.of(new Loss.OfDataCentre(cut)));
  }

  @Test
  void withoutACutAllValidatorsServeEveryLedger() {
    var committees = new DemoCommittees(members("aabc"), Optional.empty());

    assertThat(committees.ofLedger(2)).containsExactly("v1", "v2", "v3", "v4");
    assertThat(committees.ofLedger(3)).containsExactly("v1", "v2", "v3", "v4");
  }

  @Test
  void everySecondLedgerKeepsItsQuorumAndTheOthersLoseIt() {
    for (var cut : List.of("a", "b", "c")) {
      for (var place : List.of("aabc", "aabbcc", "aaabbcc")) {
        assertThat(margin(place, cut, 2)).as(place + " without " + cut).isNotNegative();
        assertThat(margin(place, cut, 4)).as(place + " without " + cut).isNotNegative();
        assertThat(margin(place, cut, 3)).as(place + " without " + cut).isNegative();
      }
    }
  }

  @Test
  void committeesAreAsLargeAsTheyCanBe() {
    assertThat(committee("aabbcc", "c", 2)).hasSize(6);
    assertThat(committee("aabbcc", "c", 3)).hasSize(5).contains("v5", "v6");
    assertThat(committee("aabc", "c", 3)).containsExactlyInAnyOrder("v1", "v4");
  }
}
