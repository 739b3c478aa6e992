package dev.sampo.simulation.world;

import dev.sampo.core.assets.AssetId;
import dev.sampo.core.assets.Assets;
import dev.sampo.core.assets.AssetsGenesis;
import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionBody;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.wire.WireWriter;
import dev.sampo.simulation.crypto.SimulatedSuite;
import java.util.List;
import java.util.stream.IntStream;

/** Accounts of one ledger that pay a coin to the next one each, so that none runs out. */
public final class PayingRing {

  private static final AssetId COIN = new AssetId("coin");

  private final int accounts;
  private final long coins;
  private final SimulatedSuite keys;
  private long made;

  /** Each of the accounts begins with so many {@code coins}; {@code keys} sign for them. */
  public PayingRing(int accounts, long coins, SimulatedSuite keys) {
    this.accounts = accounts;
    this.coins = coins;
    this.keys = keys;
  }

  /** What the ledger starts from, as its application encodes it. */
  public Bytes state() {
    var all =
        IntStream.range(0, accounts)
            .mapToObj(i -> new AssetsGenesis.Account(account(i), key(i)))
            .toList();
    var balances = all.stream().map(each -> new AssetsGenesis.Balance(each.id(), coins)).toList();
    return new AssetsGenesis(all, List.of(new AssetsGenesis.Issue(COIN, account(0), balances)))
        .encoded();
  }

  /** A transaction that was never made before. */
  public SignedTransaction payment(LedgerId ledger, int payer, LedgerTime validUntil) {
    long number = made++;
    var body =
        new TransactionBody(
            ledger,
            Assets.NAME,
            Assets.transfer(COIN, account((payer + 1) % accounts), 1),
            account(payer),
            validUntil,
            Sha256.hash(WireWriter.encode(out -> out.u64(number)))
                .value()
                .slice(0, TransactionBody.SALT_LENGTH),
            List.of());
    return SignedTransaction.sign(body, keys.signer(key(payer)));
  }

  private static AccountId account(int number) {
    return new AccountId("client" + number);
  }

  private static PublicKey key(int number) {
    return new PublicKey(Sha256.hash(WireWriter.encode(out -> out.u32(number))).value());
  }
}
