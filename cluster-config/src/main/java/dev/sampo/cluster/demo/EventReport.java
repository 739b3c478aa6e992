package dev.sampo.cluster.demo;

import dev.sampo.cluster.console.Json.Unknown;
import dev.sampo.cluster.placement.ReplicaMove;
import dev.sampo.core.genesis.LedgerName;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The one answer of {@code demo --move} and {@code demo --kill}; its JSON form is a contract. */
record EventReport(
    DemoChoice.Sites sites,
    int nodesPerValidator,
    List<EventsUnderLoad.Measured> events,
    List<OfLedger> ledgers,
    Checks checks) {

  /**
   * What became of one ledger.
   *
   * @param committed transfers that were acknowledged
   * @param lost of these, those that no node knows any more
   */
  record OfLedger(LedgerName name, long committed, long lost, Agreement agreement) {}

  /** What is to hold whatever happened; {@code evidence} is what nodes found against validators. */
  record Checks(boolean conserved, long evidence) {}

  EventReport {
    events = List.copyOf(events);
    ledgers = List.copyOf(ledgers);
  }

  /**
   * Whether all ledgers were hosted and voted on again, nothing was lost, nobody lied, and no
   * planned move made a request fail.
   */
  boolean isGood() {
    return checks.conserved()
        && checks.evidence() == 0
        && lost() == 0
        && stateRootsEqual()
        && events.stream().allMatch(EventReport::isGood);
  }

  private static boolean isGood(EventsUnderLoad.Measured event) {
    boolean isServed =
        switch (event.event()) {
          case DemoEvent.Move move ->
              event.failed() == 0 && event.move().filter(ReplicaMove.Result::isThere).isPresent();
          case DemoEvent.Kill kill -> true;
        };
    return isServed && event.voted().isPresent();
  }

  private long lost() {
    return ledgers.stream().mapToLong(OfLedger::lost).sum();
  }

  private boolean stateRootsEqual() {
    return ledgers.stream().allMatch(each -> each.agreement().stateRootsEqual());
  }

  Map<String, Object> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("validators", sites.validators());
    json.put("nodes_per_validator", nodesPerValidator);
    json.put("data_centres", sites.dataCentres());
    json.put("committed", ledgers.stream().mapToLong(OfLedger::committed).sum());
    json.put("lost", lost());
    json.put("conserved", checks.conserved());
    json.put("state_roots_equal", stateRootsEqual());
    json.put("evidence", checks.evidence());
    json.put("events", events.stream().map(EventReport::json).toList());
    json.put("ledgers", ledgers.stream().map(EventReport::json).toList());
    json.put("good", isGood());
    return json;
  }

  private static Map<String, Object> json(EventsUnderLoad.Measured event) {
    var json = new LinkedHashMap<String, Object>();
    json.put(
        "event",
        switch (event.event()) {
          case DemoEvent.Move move -> "move";
          case DemoEvent.Kill kill -> "kill";
        });
    json.put("node", event.event().node());
    json.put("ledgers", event.ledgers().stream().map(LedgerName::text).toList());
    event
        .move()
        .ifPresent(
            move -> {
              json.put("from", move.from());
              json.put("already_there", move.wasThere());
              move.host()
                  .ifPresent(
                      host -> {
                        json.put("writer_epoch", host.writerEpoch());
                        json.put("unhosted_ms", host.unhosted().toMillis());
                      });
            });
    json.put("hosted_after_ms", millis(event.hosted()));
    json.put("voted_after_ms", millis(event.voted()));
    json.put("failed_requests", event.failed());
    json.put("transfers_during", event.during());
    json.put("p99_before_ms", rounded(event.p99().before()));
    json.put("p99_during_ms", rounded(event.p99().during()));
    json.put("p99_after_ms", rounded(event.p99().after()));
    json.put("p99_ratio", rounded(ratio(event)));
    return json;
  }

  private static double ratio(EventsUnderLoad.Measured event) {
    return event.p99().before() > 0 ? event.p99().during() / event.p99().before() : 0;
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }

  private static Object millis(Optional<Duration> time) {
    return time.<Object>map(Duration::toMillis).orElse(Unknown.UNKNOWN);
  }

  private static Map<String, Object> json(OfLedger ledger) {
    var json = new LinkedHashMap<String, Object>();
    json.put("name", ledger.name().text());
    json.put("committed", ledger.committed());
    json.put("lost", ledger.lost());
    json.put("height", ledger.agreement().height());
    json.put("state_roots_equal", ledger.agreement().stateRootsEqual());
    return json;
  }

  String text() {
    var text = new StringBuilder();
    for (var event : events) {
      text.append(
          ("%s took %s from a node: hosted %s, voted %s; %d requests failed; p99 %.0f / %.0f / %.0f"
                  + " ms before / during / after%n")
              .formatted(
                  event.event().text(),
                  event.ledgers(),
                  after(event.hosted()),
                  after(event.voted()),
                  event.failed(),
                  event.p99().before(),
                  event.p99().during(),
                  event.p99().after()));
    }
    return text.append(
            "%d committed, %d lost; %s, state roots %s, %d found against validators"
                .formatted(
                    ledgers.stream().mapToLong(OfLedger::committed).sum(),
                    lost(),
                    checks.conserved() ? "conserved" : "NOT CONSERVED",
                    stateRootsEqual() ? "equal" : "DIFFERENT",
                    checks.evidence()))
        .toString();
  }

  private static String after(Optional<Duration> time) {
    return time.map(each -> "after " + each.toMillis() + " ms").orElse("NOT AGAIN");
  }
}
