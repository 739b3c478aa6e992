package dev.sampo.node.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sampo.core.assets.Assets;
import dev.sampo.core.block.Block;
import dev.sampo.core.crypto.Ed25519Signer;
import dev.sampo.core.crypto.Ed25519Suite;
import dev.sampo.core.genesis.LedgerCharter;
import dev.sampo.core.genesis.LedgerName;
import dev.sampo.core.light.LightClient;
import dev.sampo.core.light.Verdict;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.FinalBlocks;
import dev.sampo.core.message.PeerMessage.StateCertificates;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Statement.StateAttest;
import dev.sampo.core.vote.Vote;
import dev.sampo.node.gateway.AccountQuery;
import dev.sampo.node.gateway.BlockQuery;
import dev.sampo.node.gateway.FollowQuery;
import dev.sampo.node.gateway.LedgerAccess;
import dev.sampo.node.gateway.SubmitOutcome;
import dev.sampo.node.gateway.TransactionView;
import dev.sampo.node.reader.FollowedReplicas;
import dev.sampo.node.reader.ReaderLedgersActor;
import dev.sampo.persistence.store.LedgerDirectories;
import dev.sampo.persistence.store.NodeDirectory;
import dev.sampo.persistence.store.NodeIdentity;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Four real validators, and a reader that has nothing but what they have signed. */
@Timeout(120)
final class ReaderTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final Validators validators = new Validators(4);
  private final Sources sources = new Sources();
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final List<String> stops = new CopyOnWriteArrayList<>();
  @TempDir private Path folder;
  private Replicas replicas;
  private Reader reader;

  /** One that runs. */
  private record Reader(
      ActorSystem<ReaderLedgersActor.Command> system, OpenLedgers ledgers, RunningLedgers running) {

    LedgerAccess access() {
      return running.find("").orElseThrow().access();
    }

    void stop() {
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
      ledgers.close();
    }
  }

  /** The validators, as they are or as they lie. */
  private final class Sources implements FollowedReplicas {

    private final Map<String, UnaryOperator<PeerMessage>> liars = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    @Override
    public List<String> of(LedgerId ledger) {
      return List.of("v0", "v1", "v2", "v3");
    }

    @Override
    public CompletionStage<Optional<List<PeerMessage>>> ask(
        String source, LedgerId ledger, FollowQuery query) {
      asked.add(source);
      var told = liars.getOrDefault(source, UnaryOperator.identity());
      return replicas
          .access(source.charAt(1) - '0')
          .follow(query)
          .thenApply(messages -> Optional.of(messages.stream().map(told).toList()));
    }
  }

  @BeforeEach
  void start() throws Exception {
    NodeDirectory.init(folder.resolve("r1"), validators.genesis().ledgerId(), NodeIdentity.READER);
    replicas = Replicas.start(validators);
    await()
        .atMost(LONG)
        .until(
            () -> replicas.accesses().stream().allMatch(access -> get(access.ready()).isReady()));
  }

  @AfterEach
  void stop() {
    if (reader != null) {
      reader.stop();
    }
    replicas.stop();
  }

  private Reader startReader() throws Exception {
    var genesis = validators.genesis();
    var infos =
        genesis.validators().keys().stream()
            .map(key -> new LedgerSettings.ValidatorInfo("v-" + key, "", key))
            .toList();
    var settings =
        new LedgerSettings(
            LedgerSettings.FIRST_NAME, genesis, new Assets(), Optional.empty(), infos);
    var stores =
        new LedgerDirectories(folder.resolve("r1"), genesis.ledgerId(), NodeIdentity.READER);
    var ledgers = OpenLedgers.open(settings, stores, (reason, cause) -> stops.add(reason));
    var system =
        ActorSystem.create(
            ReaderLedgersActor.create(
                "r1", sources, registry, (reason, cause) -> stops.add(reason)),
            "reader");
    var running =
        RunningLedgers.start(
            system,
            ledgers,
            ReaderLedgersActor.hosting(system),
            (reason, cause) -> stops.add(reason));
    reader = new Reader(system, ledgers, get(running));
    return reader;
  }

  /** Through lanes, as they are too many for a block. */
  private TransactionView.Executed transfer(int count) {
    var transfers = IntStream.range(0, count).mapToObj(i -> validators.transfer(1)).toList();
    transfers.forEach(each -> replicas.access(0).submit(each));
    var last = transfers.getLast().id();
    return (TransactionView.Executed) get(replicas.access(0).watch(last, LONG));
  }

  private Height heightOf(LedgerAccess access) {
    return get(access.status()).progress().executedHeight();
  }

  private void awaitCaughtUp(TransactionView.Executed last) {
    await()
        .atMost(LONG)
        .until(
            () ->
                get(reader.access().transaction(last.id(), false))
                    instanceof TransactionView.Executed);
  }

  @Test
  @DisplayName("L4, X1: executes for itself what was final before it began, batches included")
  void catchesUpAndServesWhatAnyoneCanCheck() throws Exception {
    var last = transfer(1_000);

    startReader();

    awaitCaughtUp(last);
    assertThat(get(reader.access().block(new BlockQuery.Latest())).orElseThrow().ordered().block())
        .matches(block -> block.cut().batches() > 0, "orders batches of lanes");
    await().atMost(LONG).until(() -> get(reader.access().ready()).isReady());
    var status = get(reader.access().status());
    assertThat(status.isReader()).isTrue();
    assertThat(status.node()).isEqualTo("r1");
    assertThat(status.quorumMargin()).isNotNegative();
    await().atMost(LONG).untilAsserted(this::servesProofs);
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(get(reader.access().transaction(last.id(), true)))
                    .isInstanceOfSatisfying(
                        TransactionView.Executed.class,
                        executed -> assertThat(executed.proof()).isPresent()));
    assertThat(stops).isEmpty();
  }

  private void servesProofs() {
    var account = get(reader.access().account(new AccountQuery(Validators.BOB, List.of(), true)));
    var client = LightClient.of(validators.genesis(), new Ed25519Suite());
    assertThat(account.proofs())
        .hasSize(2)
        .allMatch(proof -> client.verify(proof) instanceof Verdict.Verified<?>);
    assertThat(Assets.amountOf(account.proofs().get(1).value())).isEqualTo(1_000);
  }

  @Test
  void refusesForgedBlocksAndTurnsToAnother() throws Exception {
    sources.liars.put("v0", ReaderTest::withoutATransaction);
    var last = transfer(3);

    startReader();

    awaitCaughtUp(last);
    assertThat(registry.counter("sampo.reader.distrusted", "ledger", "main").count()).isEqualTo(1);
    assertThat(sources.asked.stream().filter("v0"::equals)).as("once a liar").hasSize(1);
    assertThat(stops).isEmpty();
  }

  /** With the signed header, which the body then does not fit. */
  private static PeerMessage withoutATransaction(PeerMessage message) {
    return message instanceof FinalBlocks(var blocks, var proof)
        ? new FinalBlocks(
            blocks.stream().map(each -> new Block(each.header(), each.cut(), List.of())).toList(),
            proof)
        : message;
  }

  @Test
  void goesOnAfterARestartWhereItWas() throws Exception {
    awaitCaughtUpWith(transfer(3));
    var before = heightOf(reader.access());
    reader.stop();
    var last = transfer(2);

    startReader();

    assertThat(heightOf(reader.access()).isBefore(before)).isFalse();
    awaitCaughtUp(last);
    assertThat(stops).isEmpty();
  }

  private void awaitCaughtUpWith(TransactionView.Executed last) throws Exception {
    startReader();
    awaitCaughtUp(last);
  }

  @Test
  @DisplayName("W4: a network that was set up again from an older state")
  void haltsWhenTheValidatorsCertifyAnotherHistory() throws Exception {
    awaitCaughtUpWith(transfer(1));

    sources.liars.put("v0", this::certifyingAnother);

    await().atMost(LONG).until(() -> !stops.isEmpty());
    assertThat(stops.getFirst()).contains("another block at height 1");
  }

  private PeerMessage certifyingAnother(PeerMessage message) {
    var genesis = validators.genesis();
    var statement =
        new StateAttest(
            genesis.block().header().epoch(), Height.of(1), Hash.ZERO, Hash.ZERO, Hash.ZERO);
    var votes =
        genesis.validators().indices().stream()
            .map(
                index ->
                    new Vote(
                        statement, index, signer(index).sign(statement.digest(genesis.ledgerId()))))
            .toList();
    return message instanceof StateCertificates
        ? new StateCertificates(List.of(Certificate.of(statement, votes)))
        : message;
  }

  private Ed25519Signer signer(ValidatorIndex index) {
    return Ed25519Signer.fromSeed(validators.seed(index));
  }

  @Test
  void takesNoTransactionsAndHostsLedgersOfTheValidatorsThatItTrusts() throws Exception {
    startReader();
    assertThat(get(reader.access().submit(validators.transfer(1))))
        .isInstanceOfSatisfying(
            SubmitOutcome.Rejected.class,
            rejected -> assertThat(rejected.code()).isEqualTo("READ_ONLY"));
    assertThat(reader.running().find("").orElseThrow().takesSubmissions()).isFalse();
    var known = LedgerCharter.draft(new LedgerName("more"), validators.anotherLedger(0).genesis());
    var strange =
        LedgerCharter.draft(new LedgerName("strange"), validators.withStrangers(1).genesis());

    var added = reader.ledgers().add(known, known.encoded());

    assertThat(added)
        .isInstanceOfSatisfying(
            OpenLedgers.Addition.Added.class,
            addition -> assertThat(addition.ledger().seat()).isEmpty());
    assertThat(reader.ledgers().add(strange, strange.encoded()))
        .isInstanceOf(OpenLedgers.Addition.Refused.class);
  }

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(40, TimeUnit.SECONDS).join();
  }
}
