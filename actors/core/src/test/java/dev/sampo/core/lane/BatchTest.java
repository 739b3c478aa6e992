package dev.sampo.core.lane;

import static dev.sampo.core.testing.TestBatches.batch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.block.Cut.Tip;
import dev.sampo.core.consensus.testing.Fakes;
import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.merkle.MerkleTree;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Statement.Ack;
import dev.sampo.core.vote.Statement.Append;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Protocol 2.2: a batch")
class BatchTest {

  private static final SignedTransaction ONE = Fakes.transaction(1);
  private static final SignedTransaction TWO = Fakes.transaction(2);
  private static final Tip PARENT = new Tip(Height.of(6), Sha256.hash(new byte[] {6}));

  private final Batch batch = batch(2, 5, PARENT, ONE, TWO);

  @Test
  void isNamedByTheHashOfItsStatement() {
    var statement = batch.statement();

    assertThat(batch.digest())
        .isEqualTo(Sha256.hash(WireWriter.encode(statement::writeTo)))
        .isEqualTo(Batch.digestOf(statement));
    assertThat(statement.root())
        .isEqualTo(MerkleTree.root(List.of(ONE.contentHash().value(), TWO.contentHash().value())));
    assertThat(batch.tip()).isEqualTo(new Tip(Height.of(7), batch.digest()));
    assertThat(batch.parent()).isEqualTo(PARENT);
    assertThat(batch.ack())
        .isEqualTo(
            new Ack(Epoch.ZERO, ValidatorIndex.of(2), 5, Height.of(7), batch.digest(), false, 0));
    assertThat(batch.asVote()).isEqualTo(Fakes.vote(statement, ValidatorIndex.of(2)));
  }

  static Stream<Append> otherStatements() {
    var s = batch(2, 5, PARENT, ONE, TWO).statement();
    var lane = s.lane();
    var height = s.height();
    var parent = s.parent();
    var other = ValidatorIndex.of(3);
    return Stream.of(
        new Append(Epoch.of(1), lane, 5, height, parent, 2, s.root()),
        new Append(Epoch.ZERO, other, 5, height, parent, 2, s.root()),
        new Append(Epoch.ZERO, lane, 6, height, parent, 2, s.root()),
        new Append(Epoch.ZERO, lane, 5, Height.of(8), parent, 2, s.root()),
        new Append(Epoch.ZERO, lane, 5, height, Hash.ZERO, 2, s.root()),
        new Append(Epoch.ZERO, lane, 5, height, parent, 2, Hash.ZERO),
        new Append(Epoch.ZERO, lane, 5, height, parent, 3, s.root()));
  }

  @ParameterizedTest
  @MethodSource("otherStatements")
  @DisplayName("L4: its name commits to its place, its transactions and all batches before")
  void isNamedByEverythingItIs(Append other) {
    assertThat(Batch.digestOf(other)).isNotEqualTo(batch.digest());
  }

  @Test
  @DisplayName("L2: other transactions than those of the statement are told apart")
  void knowsItsOwnTransactions() {
    assertThat(batch.payloadMatchesStatement()).isTrue();
    assertThat(withPayload(List.of(ONE)).payloadMatchesStatement()).isFalse();
    assertThat(withPayload(List.of(TWO, ONE)).payloadMatchesStatement()).isFalse();
    assertThat(withPayload(List.of(ONE, TWO, TWO)).payloadMatchesStatement()).isFalse();
    var resigned =
        new SignedTransaction(
            TWO.body(),
            TWO.suite(),
            TWO.publicKey(),
            Fakes.sign(batch.statement(), ValidatorIndex.of(0)));
    assertThat(withPayload(List.of(ONE, resigned)).payloadMatchesStatement()).isFalse();
    var s = batch.statement();
    var miscounted = new Append(s.epoch(), s.lane(), s.run(), s.height(), s.parent(), 3, s.root());
    assertThat(
            new Batch(miscounted, batch.transactions(), Fakes.sign(miscounted, batch.lane()))
                .payloadMatchesStatement())
        .isFalse();
  }

  @Test
  void isReadAsItWasWritten() throws Malformed {
    var encoded = WireWriter.encode(batch::writeTo);
    var read = WireReader.decode(encoded, Batch::readFrom);

    assertThat(read).isEqualTo(batch);
    assertThat(encoded.length()).isEqualTo(batch.encodedLength());
    assertThat(batch.payloadLength()).isEqualTo(ONE.encodedLength() + TWO.encodedLength());
  }

  @Test
  @Tag("fault-66")
  @DisplayName("2.2: without transactions it is malformed")
  void isMalformedIfEmpty() {
    assertMalformed(withPayload(List.of()));
  }

  @Test
  @DisplayName("2.2: it has a largest size, whatever it consists of")
  void isMalformedIfTooLarge() throws Malformed {
    var large = Collections.nCopies(8, Fakes.large(65_400));
    assertThat(withPayload(large).encodedLength()).isLessThan(Batch.ENCODED_BYTES_MAX);
    assertThat(read(withPayload(large)).transactions()).hasSize(8);
    assertMalformed(withPayload(Collections.nCopies(9, Fakes.large(65_400))));
  }

  @Test
  @Tag("fault-66")
  @DisplayName("2.2: only the statement of a batch makes one, and not at height 0")
  void isMalformedUnderAnotherStatement() {
    var nullify = new Statement.Nullify(Epoch.ZERO, View.of(1));
    assertMalformed(nullify);
    assertMalformed(batch.ack());
    var s = batch.statement();
    assertMalformed(
        new Append(Epoch.ZERO, s.lane(), 5, Height.ZERO, Hash.ZERO, s.count(), s.root()));
  }

  private Batch withPayload(List<SignedTransaction> transactions) {
    return new Batch(batch.statement(), transactions, Fakes.sign(batch.statement(), batch.lane()));
  }

  private static Batch read(Batch written) throws Malformed {
    return WireReader.decode(WireWriter.encode(written::writeTo), Batch::readFrom);
  }

  private static void assertMalformed(Batch written) {
    assertThatThrownBy(() -> read(written)).isInstanceOf(Malformed.class);
  }

  private static void assertMalformed(Statement statement) {
    var encoded =
        WireWriter.encode(
            out -> {
              statement.writeTo(out);
              out.fixed(Fakes.sign(statement, ValidatorIndex.of(2)).value());
              out.list(List.of(ONE), SignedTransaction::writeTo);
            });
    assertThatThrownBy(() -> WireReader.decode(encoded, Batch::readFrom))
        .isInstanceOf(Malformed.class);
  }
}
