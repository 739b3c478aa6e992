package dev.sampo.simulation.world;

import dev.sampo.core.execution.StateMemory;
import dev.sampo.core.execution.TransactionCheck;
import dev.sampo.core.transaction.RejectionCode;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionBody;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.wire.Malformed;
import dev.sampo.simulation.invariant.Observation;
import dev.sampo.simulation.invariant.Observation.Answer;
import dev.sampo.simulation.invariant.Observation.Operation;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** One transaction on its way from a visitor to a validator, and the reply on its way back. */
final class Errand {

  private static final Duration AGAIN = Duration.ofMillis(200);
  static final Duration TRIP = Duration.ofMillis(1);

  private final Visitor visitor;
  private final World world;
  private final int validator;
  private final SignedTransaction transaction;
  private final Consumer<Reply> listener;
  private final Operation operation;
  private boolean isChecked = true;
  private Optional<Life> asked = Optional.empty();
  private boolean isDone;

  Errand(Visitor visitor, int validator, SignedTransaction transaction, Consumer<Reply> listener) {
    this.visitor = visitor;
    this.world = visitor.world();
    this.validator = validator;
    this.transaction = transaction;
    this.listener = listener;
    this.operation =
        new Operation.Write(world.nextOperation(), transaction.id(), validUntil(transaction));
  }

  private static LedgerTime validUntil(SignedTransaction transaction) {
    try {
      return TransactionBody.decode(transaction.body()).validUntil();
    } catch (Malformed malformed) {
      throw new IllegalArgumentException("not a transaction", malformed);
    }
  }

  /** To a validator that checks nothing of it, as a liar might. */
  Errand unchecked() {
    isChecked = false;
    return this;
  }

  void begin(Duration atMost) {
    world.observe(new Observation.Invoked(operation));
    plan(atMost, () -> finish(new Reply.Silence()));
    ask();
  }

  /** A process that restarted has forgotten who waits. */
  private void ask() {
    if (isDone) {
      return;
    }
    var current = world.validator(validator).life();
    if (!current.equals(asked)) {
      asked = current;
      current.ifPresent(
          life -> life.later(TRIP.toNanos(), EventQueue.Kind.CLIENT, 0, () -> handOver(life)));
    }
    plan(AGAIN, this::ask);
  }

  private void handOver(Life life) {
    var gateway = life.gateway();
    if (isChecked && gateway.ledger().receipt(transaction.id()).isEmpty()) {
      var fault = faultOf(life, life.owner().wallClock());
      if (fault.isPresent()) {
        tell(new Reply.Refused(fault.get()), Optional.empty());
        return;
      }
    }
    gateway.submit(transaction, answer -> told(life, answer), code -> refused(life, code));
  }

  /** What a node's gateway checks before it forwards (ledger rules, then the signature). */
  private Optional<String> faultOf(Life life, LedgerTime now) {
    var application = world.machines().application(life.self());
    var checks =
        new TransactionCheck(
            world.genesis(), application, life.gateway().store(), StateMemory.NONE);
    return checks
        .firstFault(transaction, now)
        .or(
            () ->
                world.verdicts().hasValidSignature(transaction)
                    ? Optional.empty()
                    : Optional.of(RejectionCode.BAD_SIGNATURE.name()));
  }

  private void refused(Life life, RejectionCode code) {
    if (code == RejectionCode.ALREADY_PENDING) {
      life.gateway().await(transaction.id(), answer -> told(life, answer));
    } else {
      tell(new Reply.Refused(code.name()), Optional.empty());
    }
  }

  private void told(Life life, Answer answer) {
    switch (answer) {
      case Answer.Executed(var height, _, _) -> {
        var ledger = life.gateway().ledger();
        var receipt = ledger.receipt(transaction.id()).orElseThrow();
        var blockTime = ledger.block(height).orElseThrow().header().time();
        tell(new Reply.Executed(receipt, blockTime), Optional.of(answer));
      }
      case Answer.Expired _ ->
          tell(new Reply.Refused(RejectionCode.EXPIRED.name()), Optional.of(answer));
      case Answer.Balance _ ->
          throw new IllegalStateException("a balance is no answer to a transaction");
    }
  }

  private void tell(Reply reply, Optional<Answer> answer) {
    plan(
        TRIP,
        () -> {
          if (!isDone && !visitor.isCorrupted(validator)) {
            answer.ifPresent(told -> world.observe(new Observation.Returned(operation, told)));
            finish(reply);
          }
        });
  }

  private void finish(Reply reply) {
    if (!isDone) {
      isDone = true;
      listener.accept(reply);
    }
  }

  private void plan(Duration after, Runnable action) {
    world.plan(after.toNanos(), EventQueue.Kind.CLIENT, validator, action);
  }
}
