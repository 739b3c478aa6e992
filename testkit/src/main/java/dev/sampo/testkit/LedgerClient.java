package dev.sampo.testkit;

import dev.sampo.client.Outcome;
import dev.sampo.client.TransactionBuilder;
import dev.sampo.core.assets.Assets;
import dev.sampo.core.state.StateReader;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionBody;
import dev.sampo.core.types.Bytes;
import dev.sampo.testkit.ledger.CoinsForAll;
import dev.sampo.testkit.ledger.LedgerUnderTest;
import dev.sampo.testkit.ledger.TestAccount;
import dev.sampo.testkit.ledger.ValidatorView;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Submits transactions in the name of a test's accounts, and reads what became of them. */
public final class LedgerClient {

  /** How long a submitted transaction is followed. */
  private static final Duration FOLLOW_MAX = Duration.ofSeconds(60);

  private static final Duration AWAIT_MAX = Duration.ofSeconds(30);

  private final LedgerUnderTest ledger;
  private final Salts salts;
  private final OptionalInt via;

  private LedgerClient(LedgerUnderTest ledger, Salts salts, OptionalInt via) {
    this.ledger = ledger;
    this.salts = salts;
    this.via = via;
  }

  static LedgerClient anywhere(LedgerUnderTest ledger, Salts salts) {
    return new LedgerClient(ledger, salts, OptionalInt.empty());
  }

  /** The same, but it speaks to this validator only. */
  public LedgerClient via(int validator) {
    return new LedgerClient(ledger, salts, OptionalInt.of(validator));
  }

  public TestAccount account(String name) {
    return ledger.plan().start().accounts().stream()
        .filter(account -> account.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the test has no account " + name));
  }

  /** Hands over a transaction of the application under test; its effect may come later. */
  public Submitted submit(String sender, Bytes payload) {
    var account = account(sender);
    var application = ledger.plan().application().get().name();
    var body =
        new TransactionBody(
            ledger.genesis().ledgerId(),
            application,
            payload,
            ledger.plan().start().state().sender(account),
            ledger.ledgerTime().plusMillis(TransactionBuilder.VALIDITY_DEFAULT.toMillis()),
            salts.next(),
            List.of());
    var transaction = SignedTransaction.sign(body, account.signer());
    return new Submitted(transaction, ledger.submit(validator(), transaction, FOLLOW_MAX));
  }

  /** Hands over a transfer of coins of {@link CoinsForAll}. */
  public Submitted transfer(String from, String to, long coins) {
    return submit(from, Assets.transfer(CoinsForAll.COIN, account(to).named(), coins));
  }

  /** The same bytes once more, perhaps to another validator; they take effect once at most. */
  public Submitted again(Submitted submitted) {
    var transaction = submitted.transaction();
    return new Submitted(transaction, ledger.submit(validator(), transaction, FOLLOW_MAX));
  }

  /** What became of it; pending if nobody can tell within 30 s. */
  public Outcome await(Submitted submitted) {
    return await(submitted, AWAIT_MAX);
  }

  public Outcome await(Submitted submitted, Duration atMost) {
    // Whether it came in time or not: what counts is what is known at the end.
    var _ = ledger.runUntil(submitted.outcome()::isDone, atMost);
    return submitted.outcomeNow();
  }

  /** The coins of an account, as the validator that is asked has them. */
  public long balance(String account) {
    return Assets.amountOf(
        state().get(Assets.balanceKey(CoinsForAll.COIN, account(account).named()).name()));
  }

  /** What the application answers to a read. */
  public Optional<Bytes> query(String path) {
    return ledger.plan().application().get().query(path, state());
  }

  private StateReader state() {
    return view().map(ValidatorView::state).orElseThrow(LedgerClient::nobody);
  }

  private Optional<ValidatorView> view() {
    return via.isPresent()
        ? ledger.view(via.getAsInt())
        : ledger.reachable().stream()
            .map(ledger::view)
            .flatMap(Optional::stream)
            .max(Comparator.comparing(ValidatorView::height));
  }

  private int validator() {
    return via.isPresent()
        ? via.getAsInt()
        : ledger.reachable().stream().findFirst().orElseThrow(LedgerClient::nobody);
  }

  private static IllegalStateException nobody() {
    return new IllegalStateException("no validator answers");
  }
}
