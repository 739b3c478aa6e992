package dev.sampo.example.escrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.crypto.Signer;
import dev.sampo.core.execution.BlockContext;
import dev.sampo.core.execution.OrderedTransaction;
import dev.sampo.core.execution.Outcome;
import dev.sampo.core.state.State;
import dev.sampo.core.store.EntryReader.Entry;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionBody;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.testkit.ledger.TestAccount;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The application alone: no ledger is needed to test what it decides. */
final class EscrowApplicationTest {

  private static final LedgerId LEDGER = LedgerId.fromHex("ab".repeat(32));

  private final EscrowApplication escrow = new EscrowApplication();
  private final TestAccount alice = TestAccount.of("alice", 1);
  private final TestAccount bob = TestAccount.of("bob", 1);
  private final MapState state = new MapState();

  @BeforeEach
  void start() {
    escrow.initLedger(new EscrowStart().state(List.of(alice, bob)), state);
  }

  @Test
  void paysTheSellerOnRelease() {
    assertThat(apply(alice, open("lamp", 30))).isInstanceOf(Outcome.Ok.class);
    assertThat(balances()).containsExactly(70L, 100L);

    assertThat(apply(alice, new EscrowOperation.Release("lamp"))).isInstanceOf(Outcome.Ok.class);
    assertThat(balances()).containsExactly(70L, 130L);
  }

  @Test
  void paysTheBuyerBackOnRefund() {
    apply(alice, open("lamp", 30));

    assertThat(apply(bob, new EscrowOperation.Refund("lamp"))).isInstanceOf(Outcome.Ok.class);
    assertThat(balances()).containsExactly(100L, 100L);
  }

  @Test
  void settlesNoDealTwice() {
    apply(alice, open("lamp", 30));
    apply(alice, new EscrowOperation.Release("lamp"));

    assertThat(apply(alice, new EscrowOperation.Release("lamp")))
        .isEqualTo(Outcome.failed("NO_SUCH_DEAL"));
    assertThat(apply(bob, new EscrowOperation.Refund("lamp")))
        .isEqualTo(Outcome.failed("NO_SUCH_DEAL"));
    assertThat(balances()).containsExactly(70L, 130L);
  }

  @Test
  void refusesTheWrongParty() {
    apply(alice, open("lamp", 30));

    assertThat(apply(bob, new EscrowOperation.Release("lamp")))
        .isEqualTo(Outcome.failed("NOT_THE_BUYER"));
    assertThat(apply(alice, new EscrowOperation.Refund("lamp")))
        .isEqualTo(Outcome.failed("NOT_THE_SELLER"));
  }

  @Test
  void refusesWhatIsNotThere() {
    assertThat(apply(alice, open("lamp", 101))).isEqualTo(Outcome.failed("INSUFFICIENT_BALANCE"));
    assertThat(apply(alice, open("lamp", 0))).isEqualTo(Outcome.failed("INSUFFICIENT_BALANCE"));
    apply(alice, open("lamp", 1));
    assertThat(apply(alice, open("lamp", 1))).isEqualTo(Outcome.failed("DEAL_EXISTS"));
    assertThat(escrow.apply(ordered(alice, Bytes.owning(new byte[] {9})), state))
        .isEqualTo(Outcome.failed("MALFORMED_PAYLOAD"));
  }

  private EscrowOperation open(String id, long amount) {
    return new EscrowOperation.Open(id, bob.ofKey(), amount);
  }

  private Outcome apply(TestAccount sender, EscrowOperation operation) {
    return escrow.apply(ordered(sender, operation.encoded()), state);
  }

  private OrderedTransaction ordered(TestAccount sender, Bytes payload) {
    Signer signer = sender.signer();
    AccountId account = sender.ofKey();
    var body =
        new TransactionBody(
            LEDGER,
            escrow.name(),
            payload,
            account,
            LedgerTime.ofMillis(1_000),
            Bytes.owning(new byte[TransactionBody.SALT_LENGTH]),
            List.of());
    var block = new BlockContext(LEDGER, Height.of(1), LedgerTime.ofMillis(1));
    return new OrderedTransaction(
        SignedTransaction.sign(body, signer).id(), body, signer.publicKey(), block, 0);
  }

  private List<Long> balances() {
    return List.of(
        EscrowApplication.balance(state, alice.ofKey()),
        EscrowApplication.balance(state, bob.ofKey()));
  }

  private static final class MapState implements State {

    private final TreeMap<Bytes, Bytes> entries = new TreeMap<>();

    @Override
    public Optional<Bytes> get(Bytes key) {
      return Optional.ofNullable(entries.get(key));
    }

    @Override
    public List<Entry> range(Bytes from, Bytes to, int limit) {
      return entries.subMap(from, to).entrySet().stream()
          .limit(limit)
          .map(entry -> new Entry(entry.getKey(), entry.getValue()))
          .toList();
    }

    @Override
    public void put(Bytes key, Bytes value) {
      entries.put(key, value);
    }

    @Override
    public void delete(Bytes key) {
      entries.remove(key);
    }
  }
}
