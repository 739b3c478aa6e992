package dev.sampo.simulation.crossledger;

import dev.sampo.core.assets.AccountRecord;
import dev.sampo.core.assets.Assets;
import dev.sampo.core.state.StateReader;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.wire.WireWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where the accounts that move are, by what ledgers have executed; and whether each ledger holds of
 * them what it should (7.25).
 */
final class Whereabouts {

  private enum Standing {
    ACTIVE,
    MOVING,
    MOVED
  }

  /** What a ledger should hold of an account; {@code to} is the number of the other ledger. */
  private record Known(Standing standing, long generation, int to) {}

  private final List<Ledger> ledgers;
  private final Occasions occasions;

  /** By account, and then by the number of the ledger. */
  private final Map<AccountId, TreeMap<Integer, Known>> accounts = new LinkedHashMap<>();

  Whereabouts(List<Ledger> ledgers, Occasions occasions) {
    this.ledgers = List.copyOf(ledgers);
    this.occasions = occasions;
    for (var ledger : ledgers) {
      for (var mover : Accounts.movers(ledger.number())) {
        put(ledger.number(), mover, new Known(Standing.ACTIVE, 1, ledger.number()));
      }
    }
  }

  private void put(int ledger, AccountId account, Known known) {
    accounts.computeIfAbsent(account, _ -> new TreeMap<>()).put(ledger, known);
  }

  private Optional<Known> known(int ledger, AccountId account) {
    return Optional.ofNullable(accounts.get(account)).map(places -> places.get(ledger));
  }

  /** What a packet with the account should say. */
  static Bytes content(AccountId account, long generation, List<Course.Load> loads) {
    return WireWriter.encode(
        out ->
            out.u8(1)
                .text(account.name())
                .u64(generation)
                .fixed(Accounts.moverKey(account).value())
                .list(loads, (load, w) -> w.text(load.asset().name()).u64(load.amount())));
  }

  /** M2: an account acted, or something was credited to it or debited from it. */
  void used(int ledger, AccountId account) {
    if (known(ledger, account).filter(it -> it.standing != Standing.ACTIVE).isPresent()) {
      violated(ledger, "M2", account + " is used although it is not here");
    }
  }

  /** M2: it leaves; gives the generation that it was here in. */
  long left(int ledger, AccountId account, int to) {
    var here = known(ledger, account).filter(it -> it.standing == Standing.ACTIVE);
    if (here.isEmpty()) {
      violated(ledger, "M2", account + " leaves although it is not here");
    }
    long generation = here.map(Known::generation).orElse(0L);
    put(ledger, account, new Known(Standing.MOVING, generation, to));
    return generation;
  }

  /** M3: a packet was received with success. */
  void arrived(int ledger, Course course) {
    if (course.move().isEmpty()) {
      course.loads().forEach(load -> used(ledger, load.to()));
      return;
    }
    var move = course.move().get();
    var places = accounts.getOrDefault(move.account(), new TreeMap<>());
    places.forEach(
        (place, known) -> {
          boolean isOlder = known.generation < move.generation();
          if (known.standing == Standing.ACTIVE) {
            violated(ledger, "M3", move + " is installed, and is at " + place);
          } else if (!isOlder) {
            violated(ledger, "M3", move + " is installed, and was at " + place + " later");
          }
        });
    if (isNamesake(ledger, move.account())) {
      violated(ledger, "M3", move + " is installed in place of another account");
    }
    put(ledger, move.account(), new Known(Standing.ACTIVE, move.generation(), ledger));
    occasions.count("account arrived");
    if (move.generation() > 2) {
      occasions.count("account moved on");
    }
  }

  private boolean isNamesake(int ledger, AccountId account) {
    return Accounts.namesake(ledger, ledgers.size()).equals(account);
  }

  /** M4: the source knows of the arrival. */
  void settled(Course course) {
    course
        .move()
        .ifPresent(
            move -> {
              var way = course.way();
              var moved = new Known(Standing.MOVED, move.generation(), way.to().ledger());
              put(way.from().ledger(), move.account(), moved);
            });
  }

  /** M2, M4: the source takes it that it did not arrive, and gives back what had left. */
  void restored(Course course) {
    int source = course.way().from().ledger();
    if (course.move().isEmpty()) {
      course.loads().forEach(load -> used(source, load.from()));
    }
    course
        .move()
        .ifPresent(
            move -> {
              long generation = move.generation() - 1;
              put(source, move.account(), new Known(Standing.ACTIVE, generation, source));
              occasions.count("account sent back");
            });
  }

  /** Holds a ledger's state to all that it has executed. */
  void compare(int ledger, StateReader state) {
    accounts.forEach(
        (account, _) -> {
          if (!isNamesake(ledger, account)) {
            var found = Assets.account(state, account);
            var expected = known(ledger, account);
            boolean isTheSame =
                found.map(record -> describe(ledger, record)).equals(expected)
                    && found.map(AccountRecord::key).stream()
                        .allMatch(Accounts.moverKey(account)::equals);
            if (!isTheSame) {
              violated(ledger, "M1", account + " is " + found + " instead of " + expected);
            }
          }
        });
  }

  private Known describe(int ledger, AccountRecord record) {
    return switch (record) {
      case AccountRecord.Active(_, long generation) ->
          new Known(Standing.ACTIVE, generation, ledger);
      case AccountRecord.Moving moving ->
          new Known(Standing.MOVING, moving.generation(), numberOf(moving.to()));
      case AccountRecord.Moved moved ->
          new Known(Standing.MOVED, moved.generation(), numberOf(moved.to()));
    };
  }

  /** -1 is no ledger. */
  private int numberOf(LedgerId id) {
    return ledgers.stream()
        .filter(ledger -> ledger.id().equals(id))
        .map(Ledger::number)
        .findFirst()
        .orElse(-1);
  }

  private void violated(int ledger, String rule, String message) {
    ledgers.get(ledger).violated(rule, message);
  }
}
