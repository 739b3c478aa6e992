package dev.sampo.core.consensus.simplex;

import dev.sampo.core.consensus.InvariantViolation;
import dev.sampo.core.consensus.Promise;
import dev.sampo.core.consensus.Recovered;
import dev.sampo.core.consensus.TimerId;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Takes up again what this validator promised before it stopped (2.5 Start, W20, W6). */
final class Startup {

  /** How long the peers are waited for before the first new vote. */
  private static final Duration WAIT_MAX = Duration.ofSeconds(2);

  private final Replica replica;
  private boolean started;

  Startup(Replica replica) {
    this.replica = replica;
  }

  boolean isStarted() {
    return started;
  }

  void start(Recovered recovered) {
    if (started) {
      throw new InvariantViolation("started twice");
    }
    if (recovered.lost().isPresent()) {
      throw new InvariantViolation("an engine starts with what was promised, not without (RE1)");
    }
    started = true;
    restoreFinal(recovered);
    var promises = recovered.promises();
    promises.forEach(this::restoreBlock);
    var entry = certificates(promises).max(Comparator.comparing(Startup::viewOf));
    var finality = replica.chain.finalization();
    var best =
        Stream.concat(entry.stream(), finality.stream()).max(Comparator.comparing(Startup::viewOf));
    promises.forEach(this::restoreVote);
    var view = best.map(Startup::viewOf).orElse(replica.finalView()).next();
    replica.peers.start(replica.nanos(), view);
    replica.startIn(view, best, false);
    replica.setTimer(TimerId.Kind.START, WAIT_MAX.toNanos());
    replica.setTimer(TimerId.Kind.HEARTBEAT, replica.pacemaker.idle());
    // A recovered vote counts as sent, and towards certificates, once it is signed again.
    replica.slots.all().forEach(slot -> slot.stated().forEach(replica.outbox::sign));
  }

  /** W6, B10: enough peers have said what they remember of this validator. */
  boolean mayStartVoting() {
    int others = replica.committee.size() - 1;
    long heard = replica.peers.all().stream().filter(Peer::isStatusSeen).count();
    return heard >= Math.min(replica.committee.quorum(), others);
  }

  private void restoreFinal(Recovered recovered) {
    if (recovered.finality().isEmpty() && recovered.finalView().isAfter(View.ZERO)) {
      throw new InvariantViolation("a stored block without its proof of finality (D6)");
    }
    replica.chain.restartAt(recovered.lastFinal(), recovered.ordered());
    replica.journal.startAt(recovered.finalView());
    recovered.finality().ifPresent(proof -> finalizeAt(proof.finalization()));
    certificates(recovered.promises())
        .filter(certificate -> certificate.statement() instanceof Statement.Finalize)
        .forEach(this::finalizeAt);
    replica.slots.prune(replica.finalView());
  }

  private void finalizeAt(Certificate certificate) {
    if (certificate.statement() instanceof Statement.Finalize(_, var view, var block)
        && !view.isBefore(replica.finalView())) {
      replica.chain.finalizeAt(view, block, certificate);
    }
  }

  private void restoreBlock(Promise promise) {
    replica.journal.recovered(promise);
    if (promise instanceof Promise.BlockHeld(var block)
        && block.height().isAfter(replica.chain.delivered().height())) {
      replica.chain.hold(block);
    }
  }

  /** F2: what lies at or below the final view is not re-created. */
  private void restoreVote(Promise promise) {
    switch (promise) {
      case Promise.Stated(var statement) ->
          Ballots.placeOf(statement)
              .filter(view -> view.isAfter(replica.finalView()))
              .ifPresent(view -> replica.slots.at(view).record(statement));
      case Promise.CertificateHeld(var certificate) -> restore(certificate);
      case Promise.BlockHeld b -> {}
      case Promise.FinalUpTo f -> {}
      case Promise.RecoveredFrom(_, var from, _) -> replica.knownFrom(from);
    }
  }

  private void restore(Certificate certificate) {
    var view = viewOf(certificate);
    if (!view.isAfter(replica.finalView())) {
      return;
    }
    switch (certificate.statement()) {
      case Statement.Notarize n -> replica.slots.at(view).notarize(certificate);
      case Statement.Nullify n -> replica.slots.at(view).nullify(certificate);
      case Statement.Finalize f -> throw new InvariantViolation("a final view above the last one");
      case Statement.Propose p -> throw new InvariantViolation("no certificate: " + p);
      case Statement.Append a -> throw new InvariantViolation("no certificate: " + a);
      case Statement.Ack a -> throw new InvariantViolation("not about a view: " + a);
      case Statement.OfRecovery r -> throw new InvariantViolation("no certificate: " + r);
      case Statement.StateAttest s -> throw new InvariantViolation("not about a view: " + s);
    }
  }

  private static Stream<Certificate> certificates(List<Promise> promises) {
    return promises.stream()
        .filter(Promise.CertificateHeld.class::isInstance)
        .map(promise -> ((Promise.CertificateHeld) promise).certificate());
  }

  private static View viewOf(Certificate certificate) {
    return Ballots.viewOf(certificate.statement()).orElse(View.ZERO);
  }
}
