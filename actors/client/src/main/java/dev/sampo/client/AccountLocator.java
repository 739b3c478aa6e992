package dev.sampo.client;

import dev.sampo.core.assets.AccountRecord;
import dev.sampo.core.assets.AssetId;
import dev.sampo.core.assets.Directory;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * Finds accounts that move between the ledgers of one application (M6). Each record on the way is
 * proven by the validators of its ledger, and is of a higher generation than the one before, so
 * that no node can lead a client astray or round in circles. Immutable and thread-safe.
 */
public final class AccountLocator {

  /** Most ledgers that are asked after the first one. */
  public static final int HOPS_MAX = 8;

  /** Where an account is. */
  public sealed interface Location {

    /** It is on this ledger; all of {@code reading} is proven. */
    record Found(LedgerId ledger, AccountReading reading) implements Location {}

    /**
     * It has left {@code from} and is not known there to have arrived: it can be used on neither.
     *
     * @param reading of its record at {@code from}
     */
    record UnderWay(LedgerId from, LedgerId to, AccountReading reading) implements Location {}

    /** No ledger creates such an account, or the one that does has never had it. */
    record Unknown() implements Location {}
  }

  /** Reads an account with its proofs. */
  @FunctionalInterface
  interface ProvenReader {
    CompletableFuture<AccountReading> read(LedgerId ledger, AccountId id, List<AssetId> assets);
  }

  private final ProvenReader reader;
  private final ErrorCatalogue catalogue;

  AccountLocator(ProvenReader reader, ErrorCatalogue catalogue) {
    this.reader = reader;
    this.catalogue = catalogue;
  }

  /** {@code clients} gives for every ledger of the application a client of it, which stays open. */
  public static AccountLocator of(Function<LedgerId, SampoClient> clients) {
    return new AccountLocator(
        (ledger, id, assets) -> clients.apply(ledger).provenAccountAsync(id, assets, Height.ZERO),
        ErrorCatalogue.load());
  }

  /** Begins at the account's home. No assets: those that the nodes report. */
  public CompletableFuture<Location> locateAsync(
      Directory directory, AccountId id, List<AssetId> assets) {
    return directory
        .home(id)
        .map(home -> locateAsync(home, id, assets))
        .orElseGet(() -> CompletableFuture.completedFuture(new Location.Unknown()));
  }

  /**
   * Begins at any ledger that the account has been on. Fails with {@link SampoException}: {@code
   * ACCOUNT_NOT_LOCATED} if the trail ends or is longer than {@link #HOPS_MAX}.
   */
  public CompletableFuture<Location> locateAsync(
      LedgerId first, AccountId id, List<AssetId> assets) {
    return new Search(id, assets).ask(first, 0, HOPS_MAX);
  }

  /** As above; returns when it is known. */
  public Location locate(LedgerId first, AccountId id, List<AssetId> assets) {
    try {
      return locateAsync(first, id, assets).join();
    } catch (CompletionException failed) {
      throw SampoException.in(failed);
    }
  }

  /**
   * Between which ledgers an amount has to go; equal if both accounts are on one.
   *
   * @param from where the sender lives
   * @param to where the recipient lives
   */
  public record Route(LedgerId from, LedgerId to) {}

  /**
   * Where a transfer begins and ends. Fails with {@link SampoException}: {@code UNKNOWN_ACCOUNT} if
   * there is no such account, {@code MOVED} if one is under way now, or {@code
   * ACCOUNT_NOT_LOCATED}.
   */
  public CompletableFuture<Route> routeAsync(
      Directory directory, AccountId sender, AccountId recipient) {
    return homeAsync(directory, sender).thenCombine(homeAsync(directory, recipient), Route::new);
  }

  /** As above; returns when it is known. */
  public Route route(Directory directory, AccountId sender, AccountId recipient) {
    try {
      return routeAsync(directory, sender, recipient).join();
    } catch (CompletionException failed) {
      throw SampoException.in(failed);
    }
  }

  private CompletableFuture<LedgerId> homeAsync(Directory directory, AccountId id) {
    return locateAsync(directory, id, List.of())
        .thenCompose(
            location ->
                switch (location) {
                  case Location.Found(var ledger, _) -> CompletableFuture.completedFuture(ledger);
                  case Location.UnderWay(_, var to, _) ->
                      failed("MOVED", id + " is on its way to ledger " + to.hex());
                  case Location.Unknown _ -> failed("UNKNOWN_ACCOUNT", "there is no " + id);
                });
  }

  private <T> CompletableFuture<T> failed(String code, String why) {
    return CompletableFuture.failedFuture(
        new SampoException(catalogue.get(code), why, false, null));
  }

  private final class Search {

    private final AccountId id;
    private final List<AssetId> assets;

    private Search(AccountId id, List<AssetId> assets) {
      this.id = id;
      this.assets = List.copyOf(assets);
    }

    /** {@code least}: the generation that the ledger before has told; 0 if there was none. */
    private CompletableFuture<Location> ask(LedgerId ledger, long least, int hops) {
      return reader
          .read(ledger, id, assets)
          .thenCompose(reading -> follow(ledger, reading, least, hops));
    }

    private CompletableFuture<Location> follow(
        LedgerId ledger, AccountReading reading, long least, int hops) {
      Optional<AccountRecord> record = reading.record();
      if (record.isEmpty() && least == 0) {
        return CompletableFuture.completedFuture(new Location.Unknown());
      }
      if (record.isEmpty() || record.get().generation() < least) {
        return failed("ledger " + ledger.hex() + " has not yet what came to it");
      }
      return switch (record.get()) {
        case AccountRecord.Active _ ->
            CompletableFuture.completedFuture(new Location.Found(ledger, reading));
        case AccountRecord.Moving moving ->
            CompletableFuture.completedFuture(new Location.UnderWay(ledger, moving.to(), reading));
        // Its generation is that of the arrival there: one that came back later is higher.
        case AccountRecord.Moved moved when moved.generation() == least ->
            failed("ledger " + ledger.hex() + " contradicts the one before");
        case AccountRecord.Moved moved when hops > 0 ->
            ask(moved.to(), moved.generation(), hops - 1);
        case AccountRecord.Moved _ -> failed("it has moved more than " + HOPS_MAX + " times");
      };
    }

    private CompletableFuture<Location> failed(String why) {
      return AccountLocator.this.failed("ACCOUNT_NOT_LOCATED", id + ": " + why);
    }
  }
}
