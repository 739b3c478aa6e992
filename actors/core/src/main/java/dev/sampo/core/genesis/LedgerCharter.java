package dev.sampo.core.genesis;

import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.crypto.SignatureVerifier;
import dev.sampo.core.crypto.Signer;
import dev.sampo.core.crypto.SigningDomain;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Signature;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.ValidatorSet;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The agreement of validators to run a ledger: its genesis, the name that their nodes give it, and
 * the consent of each (protocol 2.2). It may be carried by anybody, as it proves itself: a node
 * hosts a ledger only if its own key, and that of every other validator, has signed.
 *
 * @param consents signatures over {@link #digest()} by the index of the validator; any may be
 *     missing or false, which {@link #faults} tells
 */
public record LedgerCharter(
    LedgerName name, Genesis genesis, SortedMap<ValidatorIndex, Signature> consents) {

  public static final int VERSION = 1;

  /** More than any genesis has: 1 MiB for the application, 128 keys and the parameters. */
  public static final int GENESIS_BYTES_MAX = (1 << 20) + (8 << 10);

  private static final int CONSENT_BYTES = 2 + Signature.LENGTH;

  /** No charter has a longer encoding. */
  public static final int ENCODED_BYTES_MAX =
      1
          + 4
          + LedgerName.LENGTH_MAX
          + 4
          + GENESIS_BYTES_MAX
          + 4
          + ValidatorSet.MAX_SIZE * CONSENT_BYTES;

  public LedgerCharter {
    consents = Collections.unmodifiableSortedMap(new TreeMap<>(consents));
  }

  /** One that nobody has consented to yet. */
  public static LedgerCharter draft(LedgerName name, Genesis genesis) {
    return new LedgerCharter(name, genesis, new TreeMap<>());
  }

  /**
   * What each validator signs: kind 17, the ledger's id, epoch 0, its name and the SHA-256 of its
   * genesis document. Nothing in it depends on where the ledger's nodes are.
   */
  public Hash digest() {
    var document = genesis.encoded();
    var body = WireWriter.encode(out -> out.text(name.text()).hash(Sha256.hash(document)));
    return SigningDomain.digest(
        SigningDomain.CHARTER_CONSENT, genesis.ledgerId(), Epoch.ZERO, body);
  }

  /**
   * The same with the consent of the validator whose key {@code signer} holds.
   *
   * @throws IllegalArgumentException if the genesis has no validator with that key
   */
  public LedgerCharter consentedBy(Signer signer) {
    var index =
        genesis
            .validators()
            .indexOf(signer.publicKey())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the genesis has no validator with the key " + signer.publicKey().hex()));
    var more = new TreeMap<>(consents);
    more.put(index, signer.sign(digest()));
    return new LedgerCharter(name, genesis, more);
  }

  /** Everything that keeps the charter from binding its validators, by index; empty if it does. */
  public List<CharterFault> faults(SignatureVerifier verifier) {
    var faults = new ArrayList<CharterFault>();
    var validators = genesis.validators();
    var digest = digest();
    for (var index : validators.indices()) {
      var consent = consents.get(index);
      if (consent == null) {
        faults.add(new CharterFault.MissingConsent(index));
      } else if (!verifier.verifyVote(validators.key(index), digest, consent)) {
        faults.add(new CharterFault.BadSignature(index));
      }
    }
    for (var index : consents.keySet()) {
      if (!validators.contains(index)) {
        faults.add(new CharterFault.UnknownSigner(index));
      }
    }
    return List.copyOf(faults);
  }

  public Bytes encoded() {
    return WireWriter.encode(
        out -> {
          out.u8(VERSION).text(name.text()).bytes(genesis.encoded());
          out.list(
              List.copyOf(consents.entrySet()),
              (consent, w) -> w.u16(consent.getKey().number()).fixed(consent.getValue().value()));
        });
  }

  /** A malformed name and keys that are repeated or out of order are malformed too. */
  public static LedgerCharter decode(Bytes encoded) throws Malformed {
    return WireReader.decode(encoded, LedgerCharter::readFrom);
  }

  private static LedgerCharter readFrom(WireReader in) throws Malformed {
    int version = in.u8();
    if (version != VERSION) {
      throw new Malformed("unknown charter version " + version);
    }
    var name = new LedgerName(in.text(LedgerName.LENGTH_MAX));
    var genesis = Genesis.decode(in.bytes(GENESIS_BYTES_MAX));
    var consents = new TreeMap<ValidatorIndex, Signature>();
    for (var consent : in.list(ValidatorSet.MAX_SIZE, LedgerCharter::consent)) {
      if (!consents.isEmpty() && consents.lastKey().compareTo(consent.getKey()) >= 0) {
        throw new Malformed("consents must be in ascending order of their validators");
      }
      consents.put(consent.getKey(), consent.getValue());
    }
    return new LedgerCharter(name, genesis, consents);
  }

  private static Map.Entry<ValidatorIndex, Signature> consent(WireReader in) throws Malformed {
    return Map.entry(ValidatorIndex.of(in.u16()), new Signature(in.fixed(Signature.LENGTH)));
  }
}
