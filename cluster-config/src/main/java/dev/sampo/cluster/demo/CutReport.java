package dev.sampo.cluster.demo;

import dev.sampo.core.genesis.LedgerName;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The one answer of {@code demo --cut}; its JSON form is a contract. */
record CutReport(
    DemoChoice.Sites sites,
    Cut cut,
    List<OfLedger> ledgers,
    Crossings crossings,
    boolean conserved) {

  /** What was cut off, and for how long. */
  record Cut(String dataCentre, Duration time) {}

  /**
   * What became of one ledger.
   *
   * @param committee by the names of its validators
   * @param keepsQuorum whether it has one without the data centre
   * @param committed transfers that were acknowledged
   * @param lost of these, those that no node knows any more
   */
  record OfLedger(
      LedgerName name,
      List<String> committee,
      boolean keepsQuorum,
      long committed,
      long lost,
      CutUnderLoad.Measured measured,
      boolean stateRootsEqual) {

    Latencies latencies() {
      return measured.latencies();
    }

    boolean halted() {
      return measured.halted();
    }

    Optional<Duration> resumed() {
      return measured.resumed();
    }

    boolean isGood() {
      return lost == 0 && stateRootsEqual && resumed().isPresent() && halted() != keepsQuorum;
    }
  }

  /** In milliseconds, before, during and after the cut; 0 if nothing was committed then. */
  record Latencies(double before, double during, double after) {}

  /**
   * What became of the transfers to another ledger.
   *
   * @param both those that arrived and came back nevertheless
   */
  record Crossings(long sent, long done, long refunded, long undecided, long both) {

    /** {@code arrived}: by what accounts hold; more than was done has come back all the same. */
    Crossings withArrived(long arrived) {
      return new Crossings(sent, done, refunded, undecided, Math.max(arrived - done, 0));
    }

    boolean isGood() {
      return undecided == 0 && both == 0;
    }
  }

  CutReport {
    ledgers = List.copyOf(ledgers);
  }

  /** Whether ledgers with a quorum went on, the others halted and resumed, and nothing was lost. */
  boolean isGood() {
    return conserved && crossings.isGood() && ledgers.stream().allMatch(OfLedger::isGood);
  }

  private long lost() {
    return ledgers.stream().mapToLong(OfLedger::lost).sum();
  }

  Map<String, Object> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("validators", sites.validators());
    json.put("data_centres", sites.dataCentres());
    json.put("gateways", sites.gateways());
    json.put("cut", cut.dataCentre());
    json.put("cut_seconds", cut.time().toMillis() / 1000.0);
    json.put("committed", ledgers.stream().mapToLong(OfLedger::committed).sum());
    json.put("lost", lost());
    json.put("conserved", conserved);
    json.put("state_roots_equal", ledgers.stream().allMatch(OfLedger::stateRootsEqual));
    json.put("cross_sent", crossings.sent());
    json.put("cross_done", crossings.done());
    json.put("cross_refunded", crossings.refunded());
    json.put("cross_undecided", crossings.undecided());
    json.put("cross_both", crossings.both());
    json.put("ledgers", ledgers.stream().map(CutReport::json).toList());
    json.put("good", isGood());
    return json;
  }

  private static Map<String, Object> json(OfLedger ledger) {
    var json = new LinkedHashMap<String, Object>();
    json.put("name", ledger.name().text());
    json.put("committee", ledger.committee());
    json.put("keeps_quorum", ledger.keepsQuorum());
    json.put("committed", ledger.committed());
    json.put("lost", ledger.lost());
    json.put("p99_before_ms", rounded(ledger.latencies().before()));
    json.put("p99_during_ms", rounded(ledger.latencies().during()));
    json.put("p99_after_ms", rounded(ledger.latencies().after()));
    json.put("halted", ledger.halted());
    json.put("resumed_ms", ledger.resumed().map(Duration::toMillis).orElse(null));
    json.put("state_roots_equal", ledger.stateRootsEqual());
    return json;
  }

  String text() {
    var text = new StringBuilder();
    text.append(
        "data centre %s was cut off for %d s%n"
            .formatted(cut.dataCentre(), cut.time().toSeconds()));
    for (var ledger : ledgers) {
      text.append(
          ("  %-10s %-14s %s  %d committed, %d lost, p99 %.0f / %.0f / %.0f ms"
                  + " before / during / after%s%n")
              .formatted(
                  ledger.name().text(),
                  String.join(",", ledger.committee()),
                  ledger.halted() ? "HALTED" : "went on",
                  ledger.committed(),
                  ledger.lost(),
                  ledger.latencies().before(),
                  ledger.latencies().during(),
                  ledger.latencies().after(),
                  resumption(ledger)));
    }
    return text.append(
            "%d crossed: %d DONE, %d REFUNDED, %d undecided, %d both; %s, state roots %s"
                .formatted(
                    crossings.sent(),
                    crossings.done(),
                    crossings.refunded(),
                    crossings.undecided(),
                    crossings.both(),
                    conserved ? "conserved" : "NOT CONSERVED",
                    ledgers.stream().allMatch(OfLedger::stateRootsEqual) ? "equal" : "DIFFERENT"))
        .toString();
  }

  private static String resumption(OfLedger ledger) {
    if (!ledger.halted()) {
      return "";
    }
    return ledger
        .resumed()
        .map(time -> ", resumed %d ms after the heal".formatted(time.toMillis()))
        .orElse(", DID NOT RESUME");
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
