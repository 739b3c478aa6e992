package dev.sampo.cluster.cli;

import dev.sampo.client.ClientSettings;
import dev.sampo.client.SampoClient;
import dev.sampo.client.SampoException;
import dev.sampo.client.TrustAnchor;
import dev.sampo.client.v1.ListedLedger;
import dev.sampo.cluster.console.Console;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.core.genesis.LedgerCharter;
import dev.sampo.core.genesis.LedgerName;
import dev.sampo.core.types.LedgerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings a charter to nodes, one after another, and waits until each is ready for its ledger. A
 * node that refuses does not keep the charter from the others.
 */
final class CharterDelivery {

  private static final Duration CALL_MAX = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(250);

  private final LedgerCharter charter;
  private final LedgerId ledger;
  private final List<String> nodes;
  private final Optional<LedgerName> nameInDemo;
  private final List<Progress> all = new ArrayList<>();

  /** {@code nameInDemo}: by which later commands may name the ledger. */
  CharterDelivery(LedgerCharter charter, List<String> nodes, Optional<LedgerName> nameInDemo) {
    this.charter = charter;
    this.ledger = charter.genesis().ledgerId();
    this.nodes = List.copyOf(nodes);
    this.nameInDemo = nameInDemo;
  }

  /** How far it came at one node. */
  private static final class Progress {

    private final String node;
    private boolean hosted;
    private boolean alreadyHosted;
    private boolean ready;
    private Optional<SampoException> refusal = Optional.empty();
    private List<String> reasons = List.of();

    private Progress(String node) {
      this.node = node;
    }

    private Map<String, Object> json() {
      var json = new LinkedHashMap<String, Object>();
      json.put("endpoint", node);
      json.put("hosted", hosted);
      json.put("already_hosted", alreadyHosted);
      json.put("ready", ready);
      refusal.ifPresent(why -> json.put("code", why.error().code()));
      return json;
    }
  }

  ExitCode run(Duration readyMax, Console console) throws InterruptedException {
    long deadline = System.nanoTime() + readyMax.toNanos();
    for (var node : nodes) {
      all.add(host(node, console));
    }
    for (var each : all) {
      if (each.hosted) {
        awaitReady(each, deadline, console);
      }
    }
    console.answer(text(), json());
    return ending(console);
  }

  /** Whether certainly no node has taken the charter. */
  boolean isNowhere() {
    return all.stream()
        .allMatch(each -> each.refusal.filter(refused -> !refused.maybeDelivered()).isPresent());
  }

  private SampoClient connect(String node) {
    var trust = new TrustAnchor.Document(charter.genesis());
    return SampoClient.connect(ClientSettings.of(trust, node).withCallTimeout(CALL_MAX));
  }

  private Progress host(String node, Console console) {
    var progress = new Progress(node);
    try (var client = connect(node)) {
      var answer = client.host(charter);
      progress.hosted = true;
      progress.alreadyHosted = answer.getAlreadyHosted();
      console.say(node + (answer.getAlreadyHosted() ? " hosted it before" : " hosts it"));
    } catch (SampoException refused) {
      progress.refusal = Optional.of(refused);
      console.say(node + ": " + refused.error().code() + " (" + refused.detail() + ")");
    }
    return progress;
  }

  private void awaitReady(Progress progress, long deadlineNanos, Console console)
      throws InterruptedException {
    try (var client = connect(progress.node)) {
      while (true) {
        progress.reasons = reasons(client);
        progress.ready = progress.reasons.isEmpty();
        if (progress.ready) {
          console.say(progress.node + " is ready");
          return;
        }
        if (deadlineNanos - System.nanoTime() < POLL.toNanos()) {
          console.say(progress.node + " is not ready: " + String.join("; ", progress.reasons));
          return;
        }
        Thread.sleep(POLL);
      }
    }
  }

  /** Why the node is not ready for the ledger; none if it is. */
  private List<String> reasons(SampoClient client) {
    try {
      return client.ledgers().stream()
          .filter(each -> BlockCommand.hex(each.getLedgerId()).equals(ledger.hex()))
          .findFirst()
          .<List<String>>map(ListedLedger::getNotReadyReasonsList)
          .orElse(List.of("it does not list the ledger"));
    } catch (SampoException unanswered) {
      return List.of(unanswered.error().code());
    }
  }

  private ExitCode ending(Console console) {
    var refusal = all.stream().flatMap(each -> each.refusal.stream()).findFirst();
    if (refusal.isPresent()) {
      console.say(refusal.get().error().whatToDo());
      console.say("The same command may be repeated: nodes that host it keep it.");
      return Failures.exitCodeOf(refusal.get().error());
    }
    if (!all.stream().allMatch(each -> each.ready)) {
      console.say("Not every node is ready yet; see: sampo ledger list");
      return ExitCode.UNHEALTHY;
    }
    console.say("Try: " + next());
    return ExitCode.OK;
  }

  private String next() {
    return nameInDemo
        .map(name -> "sampo tx transfer --from alice --to bob --amount 5 --wait --ledger " + name)
        .orElseGet(
            () -> "sampo status --endpoint " + nodes.getFirst() + " --ledger " + ledger.hex());
  }

  private String text() {
    long ready = all.stream().filter(each -> each.ready).count();
    return "%s  ledger %s  %d of %d nodes are ready"
        .formatted(charter.name(), ledger.hex(), ready, all.size());
  }

  private Map<String, Object> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("name", charter.name().text());
    json.put("ledger_id", ledger.hex());
    json.put("ready", all.stream().allMatch(each -> each.ready));
    json.put("nodes", all.stream().map(Progress::json).toList());
    return json;
  }
}
