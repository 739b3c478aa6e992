package dev.sampo.node.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.assets.Assets;
import dev.sampo.core.crypto.Ed25519Signer;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.genesis.LedgerCharter;
import dev.sampo.core.genesis.LedgerName;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.node.ledger.OpenLedgers.Addition;
import dev.sampo.persistence.store.LedgerDirectories;
import dev.sampo.persistence.store.NodeDirectory;
import dev.sampo.persistence.store.RefusedStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledgers that a node is given by charters, on a real disk. */
class OpenLedgersTest {

  private static final ValidatorIndex SELF = ValidatorIndex.of(1);
  private static final LedgerName TRADE = new LedgerName("trade");
  private static final LedgerName CUSTODY = new LedgerName("custody");

  @TempDir private Path data;
  private final Validators network = new Validators(5);
  private final Validators trade = network.anotherLedger(1);
  private OpenLedgers ledgers;

  @BeforeEach
  void start() throws Exception {
    var signer = Ed25519Signer.fromSeed(network.seed(SELF));
    NodeDirectory.init(data.resolve("node"), network.genesis().ledgerId(), signer.publicKey());
    ledgers = open(3);
  }

  @AfterEach
  void stop() {
    ledgers.close();
  }

  @Test
  void whatWasAddedIsThereAfterARestart() throws Exception {
    assertThat(add(TRADE, trade)).isInstanceOf(Addition.Added.class);
    ledgers.close();

    ledgers = open(3);

    assertThat(ledgers.all().stream().map(each -> each.settings().name().text()))
        .containsExactly("main", "trade");
    var settings = ledgers.all().getLast().settings();
    assertThat(settings.genesis()).isEqualTo(trade.genesis());
    // The second of five is the first of the four that are the committee.
    assertThat(settings.self()).isEqualTo(ValidatorIndex.of(0));
    assertThat(settings.selfInfo().name()).isEqualTo("v1");
  }

  @Test
  void theSameCharterAgainChangesNothing() throws Exception {
    add(TRADE, trade);

    assertThat(add(TRADE, trade)).isInstanceOf(Addition.Known.class);
    assertThat(ledgers.known()).hasSize(2);
  }

  @Test
  void aNameIsThatOfOneLedger() throws Exception {
    add(TRADE, trade);

    assertThat(code(add(TRADE, network.anotherLedger(0)))).isEqualTo("LEDGER_NAME_TAKEN");
    assertThat(code(add(CUSTODY, trade))).isEqualTo("LEDGER_NAME_TAKEN");
    assertThat(code(add(LedgerSettings.FIRST_NAME, network.anotherLedger(0))))
        .isEqualTo("LEDGER_NAME_TAKEN");
    assertThat(ledgers.known()).hasSize(2);
  }

  @Test
  void aLedgerOfOtherValidatorsIsNotForThisNode() throws Exception {
    assertThat(code(add(TRADE, network.anotherLedger(2)))).isEqualTo("NOT_ON_COMMITTEE");
  }

  @Test
  void strangersCannotBeReached() throws Exception {
    var strangers = network.withStrangers(2);

    assertThat(code(add(TRADE, strangers))).isEqualTo("LEDGER_UNSUPPORTED");
  }

  @Test
  void anUnknownApplicationOrEngineIsRefused() throws Exception {
    var genesis = trade.genesis();
    assertThat(code(add(changed(genesis, genesis.engine(), "chess"))))
        .isEqualTo("LEDGER_UNSUPPORTED");
    assertThat(code(add(changed(genesis, "dice", genesis.application()))))
        .isEqualTo("LEDGER_UNSUPPORTED");
    assertThat(code(add(changed(genesis, "solo", genesis.application()))))
        .isEqualTo("LEDGER_UNSUPPORTED");
  }

  @Test
  void aNodeHostsNoMoreThanItMay() throws Exception {
    add(TRADE, trade);
    add(CUSTODY, network.anotherLedger(0));

    var another = changed(trade.genesis(), trade.genesis().engine(), Assets.NAME);
    assertThat(code(add(another))).isEqualTo("TOO_MANY_LEDGERS");
    assertThat(add(TRADE, trade)).isInstanceOf(Addition.Known.class);
  }

  @Test
  void aDamagedCharterRefusesTheStart() throws Exception {
    add(TRADE, trade);
    ledgers.close();
    var home = data.resolve("node").resolve("ledgers").resolve(trade.genesis().ledgerId().hex());
    var file = home.resolve("charter");
    var bytes = Files.readAllBytes(file);

    bytes[0]++;
    Files.write(file, bytes);
    assertThatThrownBy(() -> open(3))
        .isInstanceOf(RefusedStart.class)
        .hasMessageContaining("charter");

    // Of another ledger, in the place of this one's.
    Files.write(file, charter(TRADE, network.anotherLedger(0).genesis()).encoded().toByteArray());
    assertThatThrownBy(() -> open(3))
        .isInstanceOf(RefusedStart.class)
        .hasMessageContaining("charter");

    bytes[0]--;
    Files.write(file, bytes);
    ledgers = open(3);
  }

  /** Every fault is told at once, and nothing stays open. */
  @Test
  void aReplicaThatIsGoneRefusesTheStart() throws Exception {
    add(TRADE, trade);
    ledgers.close();
    var home = data.resolve("node").resolve("ledgers").resolve(trade.genesis().ledgerId().hex());
    var init = home.resolve("replica").resolve("INIT");
    var content = Files.readAllBytes(init);
    Files.delete(init);

    assertThatThrownBy(() -> open(3)).isInstanceOf(RefusedStart.class).hasMessageContaining("INIT");

    Files.write(init, content);
    ledgers = open(3);
  }

  private OpenLedgers open(int max) throws RefusedStart {
    var infos =
        network.genesis().validators().indices().stream()
            .map(
                index ->
                    new LedgerSettings.ValidatorInfo(
                        "v" + index, "a", network.genesis().validators().key(index)))
            .toList();
    var first =
        new LedgerSettings(
            LedgerSettings.FIRST_NAME,
            network.genesis(),
            new Assets(),
            new LedgerSettings.Seat(SELF, Ed25519Signer.fromSeed(network.seed(SELF))),
            infos);
    return OpenLedgers.open(
        max,
        first,
        new LedgerDirectories(
            data.resolve("node"), network.genesis().ledgerId(), first.signer().publicKey()),
        (reason, failure) -> {
          throw new AssertionError(reason, failure);
        });
  }

  private Addition add(LedgerName name, Validators ledger) throws IOException {
    return add(charter(name, ledger.genesis()));
  }

  private Addition add(LedgerCharter charter) throws IOException {
    return ledgers.add(charter, charter.encoded());
  }

  private static LedgerCharter charter(LedgerName name, Genesis genesis) {
    return LedgerCharter.draft(name, genesis);
  }

  private static LedgerCharter changed(Genesis genesis, String engine, String application) {
    return charter(
        new LedgerName("changed"),
        new Genesis(
            genesis.nonce(),
            engine,
            genesis.time().plusMillis(1),
            genesis.validators(),
            genesis.parameters(),
            application,
            genesis.applicationState()));
  }

  private static String code(Addition addition) {
    assertThat(addition).isInstanceOf(Addition.Refused.class);
    return ((Addition.Refused) addition).code();
  }
}
