package dev.sampo.client;

import com.google.protobuf.ByteString;
import dev.sampo.core.assets.AccountRecord;
import dev.sampo.core.assets.Assets;
import dev.sampo.core.light.LightClient;
import dev.sampo.core.light.ProvenReceipt;
import dev.sampo.core.light.ProvenValue;
import dev.sampo.core.light.ReceiptProof;
import dev.sampo.core.light.StateProof;
import dev.sampo.core.light.Verdict;
import dev.sampo.core.state.StateKey;
import dev.sampo.core.transaction.Receipt;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.wire.Malformed;
import java.util.ArrayList;
import java.util.List;

/** Believes of an answer only what the validators signed (2.18). Thread-safe. */
final class Verification {

  private final ErrorCatalogue catalogue;
  private final LightClient light;

  Verification(ErrorCatalogue catalogue, LightClient light) {
    this.catalogue = catalogue;
    this.light = light;
  }

  /** What {@code proofs} prove about the account, if it is exactly what {@code claim} says. */
  AccountReading account(AccountReading claim, List<ByteString> proofs) {
    require(proofs.size() == 1 + claim.balances().size(), "it has not one proof for each value");
    var entry = value(Assets.accountKey(claim.id()), proofs.getFirst());
    var balances = new ArrayList<AccountReading.Balance>();
    for (int i = 0; i < claim.balances().size(); i++) {
      var asset = claim.balances().get(i).asset();
      var balance = value(Assets.balanceKey(asset, claim.id()), proofs.get(i + 1));
      require(balance.at().equals(entry.at()), "its proofs are about different blocks");
      balances.add(new AccountReading.Balance(asset, Assets.amountOf(balance.value())));
    }
    var proven =
        new AccountReading(
            claim.id(),
            entry.value().map(this::record),
            balances,
            entry.at().height(),
            entry.at().time(),
            true);
    require(proven.equals(claim.withProven(true)), "it claims other values than its proofs prove");
    return proven;
  }

  private AccountRecord record(Bytes value) {
    try {
      return AccountRecord.decode(value);
    } catch (Malformed malformed) {
      throw refused("what is proven is no account: " + malformed.getMessage());
    }
  }

  /** The claim, if the receipt that is proven and its block are those that it states. */
  Outcome.Committed committed(Outcome.Committed claim, ByteString encoded) {
    var proven = receipt(claim.receipt(), encoded);
    require(proven.at().time().equals(claim.blockTime()), "its block has another time");
    return new Outcome.Committed(proven.receipt(), proven.at().time(), true);
  }

  /** The claim; proven if it has a receipt, and refused if that is not the one that is proven. */
  Outcome.Rejected rejected(Outcome.Rejected claim, ByteString encoded) {
    var proven = claim.receipt().map(receipt -> receipt(receipt, encoded).receipt());
    return new Outcome.Rejected(
        claim.id(), claim.error(), claim.message(), proven, proven.isPresent());
  }

  private ProvenReceipt receipt(Receipt claim, ByteString encoded) {
    var proven = receipt(encoded);
    require(proven.receipt().equals(claim), "it claims another receipt than its proof proves");
    return proven;
  }

  private ProvenReceipt receipt(ByteString encoded) {
    try {
      var proof = ReceiptProof.decode(Answers.bytes(encoded));
      synchronized (light) {
        return verified(light.verify(proof));
      }
    } catch (Malformed malformed) {
      throw refused("its proof is malformed: " + malformed.getMessage());
    }
  }

  private ProvenValue value(StateKey key, ByteString encoded) {
    try {
      var proof = StateProof.decode(Answers.bytes(encoded));
      require(proof.key().equals(key), "a proof is about another entry");
      synchronized (light) {
        return verified(light.verify(proof));
      }
    } catch (Malformed malformed) {
      throw refused("a proof is malformed: " + malformed.getMessage());
    }
  }

  private <T> T verified(Verdict<T> verdict) {
    return switch (verdict) {
      case Verdict.Verified<T>(var value) -> value;
      case Verdict.Refused<T>(var reason) -> throw refused("a proof does not hold: " + reason);
    };
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw refused(otherwise);
    }
  }

  private SampoException refused(String why) {
    return new SampoException(catalogue.get("PROOF_REFUSED"), why, false, null);
  }
}
