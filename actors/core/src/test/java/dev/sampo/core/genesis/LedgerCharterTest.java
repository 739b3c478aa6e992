package dev.sampo.core.genesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.consensus.engine.ConsensusEngines;
import dev.sampo.core.crypto.Ed25519Suite;
import dev.sampo.core.genesis.CharterFault.BadSignature;
import dev.sampo.core.genesis.CharterFault.MissingConsent;
import dev.sampo.core.genesis.CharterFault.UnknownSigner;
import dev.sampo.core.testing.TestCommittee;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Signature;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Protocol 2.2: the charter of a ledger")
class LedgerCharterTest {

  private static final Ed25519Suite SUITE = new Ed25519Suite();
  private static final LedgerName NAME = new LedgerName("bonds");
  private static final Signature FALSE = new Signature(Bytes.owning(new byte[Signature.LENGTH]));

  private final TestCommittee committee = TestCommittee.of(4);
  private final LedgerCharter draft = LedgerCharter.draft(NAME, committee.genesis());

  private LedgerCharter consented() {
    var charter = draft;
    for (var signer : committee.signers()) {
      charter = charter.consentedBy(signer);
    }
    return charter;
  }

  private static LedgerCharter with(LedgerCharter charter, int index, Signature signature) {
    var consents = new TreeMap<>(charter.consents());
    consents.put(ValidatorIndex.of(index), signature);
    return new LedgerCharter(charter.name(), charter.genesis(), consents);
  }

  @Test
  void bindsOnceEveryValidatorHasConsentedInAnyOrder() {
    var backwards = draft;
    for (var signer : committee.signers().reversed()) {
      backwards = backwards.consentedBy(signer);
    }

    assertThat(consented().faults(SUITE)).isEmpty();
    assertThat(backwards).isEqualTo(consented());
  }

  @Test
  void tellsEverythingThatIsWrongAtOnce() {
    var first = committee.signers().getFirst();
    var charter = with(with(draft.consentedBy(first), 2, FALSE), 9, FALSE);

    assertThat(charter.faults(SUITE))
        .containsExactly(
            new MissingConsent(ValidatorIndex.of(1)),
            new BadSignature(ValidatorIndex.of(2)),
            new MissingConsent(ValidatorIndex.of(3)),
            new UnknownSigner(ValidatorIndex.of(9)));
    assertThat(charter.faults(SUITE))
        .extracting(CharterFault::text)
        .containsExactly(
            "validator 1 has not consented",
            "the signature of validator 2 is not valid",
            "validator 3 has not consented",
            "there is no validator 9 in the genesis");
  }

  @Test
  void aConsentIsToOneNameAndOneGenesisOnly() {
    var consents = consented().consents();
    var renamed = new LedgerCharter(new LedgerName("bond"), committee.genesis(), consents);
    var other = committee.genesis();
    var elsewhere =
        new Genesis(
            Bytes.owning(new byte[32]),
            other.engine(),
            other.time(),
            other.validators(),
            other.parameters(),
            other.application(),
            other.applicationState());

    assertThat(renamed.faults(SUITE)).hasSize(4).allMatch(BadSignature.class::isInstance);
    assertThat(new LedgerCharter(NAME, elsewhere, consents).faults(SUITE))
        .hasSize(4)
        .allMatch(BadSignature.class::isInstance);
  }

  @Test
  void aConsentOfAnotherValidatorIsNone() {
    var consents = consented().consents();
    var swapped = with(draft, 0, consents.get(ValidatorIndex.of(1)));

    assertThat(swapped.faults(SUITE)).contains(new BadSignature(ValidatorIndex.of(0)));
  }

  @Test
  void onlyAValidatorCanConsent() {
    var stranger = TestCommittee.signer("stranger");

    assertThatThrownBy(() -> draft.consentedBy(stranger))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(stranger.publicKey().hex());
  }

  @Test
  void hasOneEncoding() throws Malformed {
    assertThat(LedgerCharter.decode(consented().encoded())).isEqualTo(consented());
    assertThat(LedgerCharter.decode(draft.encoded())).isEqualTo(draft);
    assertThat(consented().encoded().length()).isLessThan(LedgerCharter.ENCODED_BYTES_MAX);
  }

  @Test
  void otherEncodingsAreMalformed() {
    var genesis = committee.genesis().encoded();

    assertMalformed(encoded(2, "bonds", genesis, List.of()), "version 2");
    assertMalformed(encoded(1, "Bonds", genesis, List.of()), "a ledger's name");
    assertMalformed(encoded(1, "b".repeat(33), genesis, List.of()), "length 33");
    assertMalformed(encoded(1, "bonds", Bytes.EMPTY, List.of()), "too early");
    assertMalformed(encoded(1, "bonds", genesis, List.of(1, 0)), "ascending");
    assertMalformed(encoded(1, "bonds", genesis, List.of(1, 1)), "ascending");
    assertMalformed(encoded(1, "bonds", genesis, List.of(128)), "out of range");
    var tooLong = Bytes.owning(new byte[LedgerCharter.GENESIS_BYTES_MAX + 1]);
    assertMalformed(encoded(1, "bonds", tooLong, List.of()), "above");
  }

  private static Bytes encoded(int version, String name, Bytes genesis, List<Integer> signers) {
    return WireWriter.encode(
        out -> {
          out.u8(version).text(name).bytes(genesis);
          out.list(signers, (signer, w) -> w.u16(signer).fixed(FALSE.value()));
        });
  }

  private static void assertMalformed(Bytes encoded, String why) {
    assertThatThrownBy(() -> LedgerCharter.decode(encoded))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining(why);
  }

  @Test
  void itsConsentsCannotBeChanged() {
    var consents = new TreeMap<ValidatorIndex, Signature>(Map.of(ValidatorIndex.of(0), FALSE));
    var charter = new LedgerCharter(NAME, committee.genesis(), consents);

    consents.clear();

    assertThat(charter.consents()).hasSize(1);
    assertThatThrownBy(() -> charter.consents().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "7", "main", "bonds.eu-1", "a--b..c"})
  void namesAreShortAndPlain(String name) {
    assertThatCode(() -> new LedgerName(name)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "-a", "a-", "a.", "A", "a_b", "a/b", "a b", "ä"})
  void otherNamesAreRefused(String name) {
    assertThatThrownBy(() -> new LedgerName(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void enginesTellWhomTheyCannotServe() {
    assertThat(ConsensusEngines.fault(committee.genesis())).isEmpty();
    assertThat(ConsensusEngines.fault(of("solo", TestCommittee.of(1)))).isEmpty();
    assertThat(ConsensusEngines.fault(of("solo", committee)).orElseThrow()).contains("one");
    assertThat(ConsensusEngines.fault(of("raft", committee)).orElseThrow()).contains("'raft'");
  }

  private static Genesis of(String engine, TestCommittee committee) {
    var like = committee.genesis();
    return new Genesis(
        like.nonce(),
        engine,
        like.time(),
        like.validators(),
        like.parameters(),
        like.application(),
        like.applicationState());
  }
}
