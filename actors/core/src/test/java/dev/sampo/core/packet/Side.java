package dev.sampo.core.packet;

import static dev.sampo.core.execution.TestLedger.ALICE;
import static dev.sampo.core.execution.TestLedger.BOB;
import static dev.sampo.core.execution.TestLedger.CAROL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.assets.AccountRecord;
import dev.sampo.core.assets.AssetId;
import dev.sampo.core.assets.Assets;
import dev.sampo.core.assets.AssetsGenesis;
import dev.sampo.core.assets.Shard;
import dev.sampo.core.execution.Application;
import dev.sampo.core.execution.BlockContext;
import dev.sampo.core.execution.OrderedTransaction;
import dev.sampo.core.execution.Outcome;
import dev.sampo.core.execution.TestKeys;
import dev.sampo.core.execution.TestLedger;
import dev.sampo.core.execution.TransactionResult;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.genesis.LedgerParameters;
import dev.sampo.core.packet.PacketOperation.AcknowledgePacket;
import dev.sampo.core.packet.PacketOperation.ReceivePacket;
import dev.sampo.core.packet.PacketOperation.TimeoutPacket;
import dev.sampo.core.packet.PacketOperation.UpdateClient;
import dev.sampo.core.state.StateKey;
import dev.sampo.core.state.StateOverlay;
import dev.sampo.core.state.StateReader;
import dev.sampo.core.store.InMemoryLedgerStore;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.transaction.Event;
import dev.sampo.core.transaction.Receipt;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.LedgerTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One of two ledgers that exchange packets: a block for each transaction, each one certified. */
final class Side {

  static final AccountId OLGA = new AccountId("olga");
  static final AccountId OSKAR = new AccountId("oskar");
  static final AccountId OTTO = new AccountId("otto");
  static final AccountId RELAYER = new AccountId("relayer");

  private static final long BLOCK_MILLIS = 1_000;

  final TestLedger ledger;
  private final Application application;
  private final LedgerId id;
  private long time = TestLedger.START;
  private int salt;
  private List<Event> events = List.of();

  private Side(TestLedger ledger, Application application) {
    this.application = application;
    this.ledger = ledger;
    this.id = ledger.genesis.ledgerId();
  }

  /** A ledger of assets on which alice has a thousand, and bob half as much, of {@code asset}. */
  static Side ofAssets(String nonce, AssetId asset) {
    return of(nonce, new Assets(TestKeys.VERIFIER), genesisState(asset, Optional.empty()));
  }

  /** The same, as one of several ledgers of an application. */
  static Side ofShard(String nonce, AssetId asset, Shard shard) {
    return of(nonce, new Assets(TestKeys.VERIFIER), genesisState(asset, Optional.of(shard)));
  }

  static Side of(String nonce, Application application, Bytes state) {
    var genesis =
        new Genesis(
            Bytes.fromHex(nonce.repeat(32)),
            "simplex",
            LedgerTime.ofMillis(TestLedger.START),
            TestLedger.validators(),
            LedgerParameters.DEFAULT,
            application.name(),
            state);
    return new Side(new TestLedger(genesis, application, new InMemoryLedgerStore()), application);
  }

  private static Bytes genesisState(AssetId asset, Optional<Shard> shard) {
    var accounts =
        Stream.of(ALICE, BOB, CAROL, OLGA, OSKAR, OTTO, RELAYER)
            .map(id -> new AssetsGenesis.Account(id, TestKeys.key(id.name())))
            .toList();
    var issue =
        new AssetsGenesis.Issue(
            asset,
            ALICE,
            List.of(new AssetsGenesis.Balance(ALICE, 1_000), new AssetsGenesis.Balance(BOB, 500)));
    var operators = new Operators(List.of(OLGA, OSKAR, OTTO), 2);
    return new AssetsGenesis(accounts, List.of(issue), operators, shard).encoded();
  }

  LedgerId id() {
    return id;
  }

  long time() {
    return time;
  }

  LedgerTime in(long millis) {
    return LedgerTime.ofMillis(time + millis);
  }

  /** Executes a block with one transaction and gives its code. */
  String submit(AccountId sender, Bytes payload) {
    time += BLOCK_MILLIS;
    var body = ledger.body(sender, payload, ++salt, time + 60_000);
    var executed = ledger.run(time, TestLedger.sign(body));
    ledger.certify(height());
    events =
        executed.results().getFirst() instanceof TransactionResult.Executed(Receipt receipt)
            ? receipt.events()
            : List.of();
    return TestLedger.texts(executed).getFirst();
  }

  /**
   * What the application makes of a payload if it is executed next; nothing is kept, and what it
   * throws comes out.
   */
  Outcome tried(AccountId sender, Bytes payload) {
    return new Assets(TestKeys.VERIFIER)
        .apply(next(sender, payload), StateOverlay.ofTransaction(state()));
  }

  private OrderedTransaction next(AccountId sender, Bytes payload) {
    var body = ledger.body(sender, payload, salt + 1, time + 60_000);
    var signed = TestLedger.sign(body);
    var block = new BlockContext(id(), Height.of(height() + 1), in(BLOCK_MILLIS));
    return new OrderedTransaction(signed.id(), body, signed.publicKey(), block, 0);
  }

  /** Executes it, which must end as its sender would have been advised before. */
  String submit(PacketOperation operation) {
    var payload = Assets.onPackets(operation);
    var advice =
        new Assets(TestKeys.VERIFIER)
            .checkTransaction(next(RELAYER, payload), StateOverlay.ofTransaction(state()));
    var code = submit(RELAYER, payload);
    if (application instanceof Assets) {
      assertThat(advice instanceof Outcome.Failed(var fault) ? fault : "OK").isEqualTo(code);
    }
    return code;
  }

  /** An empty block at a time so much later. */
  void pass(long millis) {
    events = List.of();
    time += millis;
    ledger.run(time);
    ledger.certify(height());
  }

  /** The types of the events of the last transaction. */
  List<String> events() {
    return events.stream().map(Event::type).toList();
  }

  List<Event> lastEvents() {
    return events;
  }

  long height() {
    return ledger.blocks().getLast().height().number();
  }

  StateReader state() {
    return ledger.reader().state();
  }

  /** Two of three operators want it. */
  String decide(Action action) {
    var proposal = new Proposal(++salt, action);
    submit(OLGA, Assets.onPackets(new PacketOperation.Approve(proposal)));
    return submit(OSKAR, Assets.onPackets(new PacketOperation.Approve(proposal)));
  }

  Optional<AccountRecord> account(AccountId account) {
    return Assets.account(state(), account);
  }

  long balance(AssetId asset, AccountId account) {
    return Assets.amountOf(state().get(Assets.balanceKey(asset, account).name()));
  }

  long escrow(AssetId asset, ChannelId channel) {
    return Assets.amountOf(state().get(Assets.escrowKey(asset, channel).name()));
  }

  /** The packet that was sent last on a channel, if its end is not known. */
  Packet lastSent(ChannelId channel) {
    long sequence = PacketState.channel(state(), channel).orElseThrow().lastSequence();
    return PacketState.pending(state(), channel, sequence).orElseThrow();
  }

  Optional<Acknowledgement> answered(Packet packet) {
    return PacketState.acknowledgement(state(), packet.destination().channel(), packet.sequence());
  }

  /** Proof of the newest block, for the other ledger. */
  UpdateClient update() {
    return update(height());
  }

  UpdateClient update(long height) {
    var at = Height.of(height);
    return new UpdateClient(
        ledger.reader().finalityProof(at).orElseThrow(),
        ledger.reader().stateCertificate(at).orElseThrow());
  }

  /** Proof of what a key is after the newest block. */
  PacketProof prove(StateKey key) {
    var proof = ledger.reader().prove(key).orElseThrow();
    return new PacketProof(Height.of(height()), proof.tree());
  }

  ReceivePacket receive(Packet packet) {
    return new ReceivePacket(packet, prove(packet.commitmentKey()));
  }

  AcknowledgePacket acknowledge(Packet packet) {
    return new AcknowledgePacket(
        packet, answered(packet).orElseThrow(), prove(packet.acknowledgementKey()));
  }

  TimeoutPacket timeOut(Packet packet) {
    return new TimeoutPacket(packet, prove(packet.receiptKey()));
  }
}
