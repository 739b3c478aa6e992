package dev.sampo.simulation.world;

import dev.sampo.core.assets.Assets;
import dev.sampo.core.execution.LedgerReader;
import dev.sampo.core.execution.TransactionResult;
import dev.sampo.core.mempool.Admission;
import dev.sampo.core.store.LedgerStore;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.transaction.Receipt;
import dev.sampo.core.transaction.RejectionCode;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Height;
import dev.sampo.simulation.invariant.Observation.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;

/** Where clients submit and read on one validator. */
final class Gateway {

  private final Life life;
  private final LedgerStore store;
  private final LedgerReader ledger;
  private final LinkedHashMap<TransactionId, List<Consumer<Answer>>> waiters =
      new LinkedHashMap<>();

  Gateway(Life life, LedgerStore store) {
    this.life = life;
    this.store = store;
    this.ledger = new LedgerReader(store);
  }

  /** Answers once the outcome is known here; never if that does not come to pass. */
  void submit(SignedTransaction transaction, Consumer<Answer> client) {
    submit(
        transaction,
        client,
        code -> {
          if (code == RejectionCode.EXPIRED) {
            client.accept(new Answer.Expired(ledger.lastExecuted()));
          } else {
            await(transaction.id(), client);
          }
        });
  }

  /** As above, but it is up to the caller what follows from a refusal of the mempool. */
  void submit(
      SignedTransaction transaction, Consumer<Answer> client, Consumer<RejectionCode> refused) {
    var known = ledger.receipt(transaction.id());
    if (known.isPresent()) {
      client.accept(answerOf(known.get()));
      return;
    }
    switch (life.mempool().submit(transaction)) {
      case Admission.Admitted admitted -> await(transaction.id(), client);
      case Admission.Refused(var code) -> refused.accept(code);
    }
  }

  LedgerReader ledger() {
    return ledger;
  }

  LedgerStore store() {
    return store;
  }

  void await(TransactionId id, Consumer<Answer> client) {
    waiters.computeIfAbsent(id, _ -> new ArrayList<>()).add(client);
  }

  void executed(List<TransactionResult> results) {
    for (var result : results) {
      if (result instanceof TransactionResult.Executed(var receipt)) {
        answer(receipt.id(), answerOf(receipt));
      }
    }
  }

  void expired(List<TransactionId> ids, Height height) {
    ids.forEach(id -> answer(id, new Answer.Expired(height)));
  }

  private void answer(TransactionId id, Answer answer) {
    var satisfied = waiters.remove(id);
    if (satisfied != null) {
      satisfied.forEach(client -> client.accept(answer));
    }
  }

  /** The balance as of the newest stored block. */
  Answer.Balance balance(String account) {
    var key = Assets.balanceKey(Ledgers.ASSET, new AccountId(account));
    long amount = Assets.amountOf(ledger.state().get(key.name()));
    return new Answer.Balance(ledger.lastExecuted(), amount);
  }

  private static Answer answerOf(Receipt receipt) {
    return new Answer.Executed(receipt.height(), receipt.index(), receipt.code());
  }
}
