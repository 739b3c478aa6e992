package dev.sampo.core.assets;

import dev.sampo.core.packet.Operators;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.List;
import java.util.Optional;

/**
 * The accounts and holdings that a ledger of assets starts with; the supply is their sum.
 *
 * @param operators who connect the ledger to others
 * @param shard what part of an application this ledger is that is spread over several; encoded only
 *     if it is one, and operators only if there are any or there is a shard
 */
public record AssetsGenesis(
    List<Account> accounts, List<Issue> issues, Operators operators, Optional<Shard> shard) {

  private static final int COUNT_MAX = 16_384;

  /** An open account and the key that signs for it. */
  public record Account(AccountId id, PublicKey key) {

    private void writeTo(WireWriter out) {
      out.text(id.name()).fixed(key.value());
    }

    private static Account readFrom(WireReader in) throws Malformed {
      return new Account(
          new AccountId(in.text(AccountId.LENGTH_MAX)), new PublicKey(in.fixed(PublicKey.LENGTH)));
    }
  }

  /** An asset, who may issue more of it, and who holds how much. */
  public record Issue(AssetId asset, AccountId issuer, List<Balance> balances) {

    public Issue {
      balances = List.copyOf(balances);
    }

    private void writeTo(WireWriter out) {
      out.text(asset.name()).text(issuer.name()).list(balances, Balance::writeTo);
    }

    private static Issue readFrom(WireReader in) throws Malformed {
      return new Issue(
          new AssetId(in.text(AssetId.LENGTH_MAX)),
          new AccountId(in.text(AccountId.LENGTH_MAX)),
          in.list(COUNT_MAX, Balance::readFrom));
    }
  }

  /** What an account holds of an asset; at least 1. */
  public record Balance(AccountId account, long amount) {

    private void writeTo(WireWriter out) {
      out.text(account.name()).u64(amount);
    }

    private static Balance readFrom(WireReader in) throws Malformed {
      return new Balance(new AccountId(in.text(AccountId.LENGTH_MAX)), in.u64());
    }
  }

  public AssetsGenesis {
    accounts = List.copyOf(accounts);
    issues = List.copyOf(issues);
  }

  /** Of a ledger that stays alone. */
  public AssetsGenesis(List<Account> accounts, List<Issue> issues) {
    this(accounts, issues, Operators.NONE);
  }

  /** Of a ledger whose accounts never move. */
  public AssetsGenesis(List<Account> accounts, List<Issue> issues, Operators operators) {
    this(accounts, issues, operators, Optional.empty());
  }

  public Bytes encoded() {
    return WireWriter.encode(
        out -> {
          out.list(accounts, Account::writeTo).list(issues, Issue::writeTo);
          if (!operators.equals(Operators.NONE) || shard.isPresent()) {
            operators.writeTo(out);
          }
          shard.ifPresent(part -> part.writeTo(out));
        });
  }

  public static AssetsGenesis decode(Bytes encoded) throws Malformed {
    return WireReader.decode(encoded, AssetsGenesis::readFrom);
  }

  private static AssetsGenesis readFrom(WireReader in) throws Malformed {
    var accounts = in.list(COUNT_MAX, Account::readFrom);
    var issues = in.list(COUNT_MAX, Issue::readFrom);
    if (in.isAtEnd()) {
      return new AssetsGenesis(accounts, issues);
    }
    var operators = Operators.readFrom(in);
    if (!in.isAtEnd()) {
      return new AssetsGenesis(accounts, issues, operators, Optional.of(Shard.readFrom(in)));
    }
    if (operators.equals(Operators.NONE)) {
      throw new Malformed("no operators have no encoding");
    }
    return new AssetsGenesis(accounts, issues, operators);
  }
}
