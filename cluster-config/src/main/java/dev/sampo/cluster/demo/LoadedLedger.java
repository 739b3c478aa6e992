package dev.sampo.cluster.demo;

import dev.sampo.client.Outcome;
import dev.sampo.client.SampoClient;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.genesis.LedgerName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A ledger under a load of its own. */
record LoadedLedger(LedgerName name, Genesis genesis, SampoClient client, WatchedLoad load) {

  private static final int ASKED_AT_A_TIME = 64;

  /** Of a demo, with a client for each, in the order of their names. */
  static List<LoadedLedger> each(DemoSession demo, List<SampoClient> clients, CrossShare cross) {
    var loaded = new ArrayList<LoadedLedger>();
    demo.ledgers()
        .forEach(
            (name, genesis) -> {
              var client = clients.get(loaded.size());
              var load = new WatchedLoad(client, demo.ring(), cross.from(name));
              loaded.add(new LoadedLedger(name, genesis, client, load));
            });
    return List.copyOf(loaded);
  }

  /** How many of the transfers that were acknowledged no node knows any more. */
  long lost() {
    var answers =
        asked(
            load.acknowledged(),
            id -> client.transactionAsync(id).thenApply(LoadedLedger::isCommitted));
    return answers.stream().filter(isThere -> !isThere).count();
  }

  private static boolean isCommitted(Optional<Outcome> outcome) {
    return outcome.filter(Outcome.Committed.class::isInstance).isPresent();
  }

  /** Some at a time, so that no node refuses them. */
  static <Q, R> List<R> asked(Collection<Q> questions, Function<Q, CompletableFuture<R>> question) {
    var answers = new ArrayList<R>();
    var inHand = new ArrayList<CompletableFuture<R>>();
    for (var each : questions) {
      inHand.add(question.apply(each));
      if (inHand.size() == ASKED_AT_A_TIME) {
        inHand.forEach(answer -> answers.add(answer.join()));
        inHand.clear();
      }
    }
    inHand.forEach(answer -> answers.add(answer.join()));
    return answers;
  }
}
