package dev.sampo.persistence.store;

import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.PublicKey;
import java.nio.file.Path;

/** A reason not to start on a data directory (protocol 2.4, RE1). */
public sealed interface StartFault {

  /** What an operator reads. */
  String message();

  record NotADirectory(Path path) implements StartFault {
    @Override
    public String message() {
      return path + " is not a directory; create it with init";
    }
  }

  record NotAccessible(Path path) implements StartFault {
    @Override
    public String message() {
      return path + " must be readable and writable for this user";
    }
  }

  /** Without INIT nobody knows what this validator has promised: it must not speak (RE1). */
  record NotInitialised(Path path) implements StartFault {
    @Override
    public String message() {
      return path
          + " has no INIT record: it was never initialised, or init did not finish, or its content"
          + " was removed. A new validator starts with init; one that has voted before must not,"
          + " but comes back with recover";
    }
  }

  record UnknownFormat(String found, int known) implements StartFault {
    @Override
    public String message() {
      return "INIT has the unknown format " + found + "; this version knows " + known;
    }
  }

  record ForeignLedger(LedgerId expected, LedgerId found) implements StartFault {
    @Override
    public String message() {
      return "belongs to ledger " + found.hex() + ", not to " + expected.hex();
    }
  }

  record ForeignKey(PublicKey expected, PublicKey found) implements StartFault {
    @Override
    public String message() {
      return "belongs to " + owner(found) + ", not to " + owner(expected);
    }

    private static String owner(PublicKey key) {
      return key.equals(NodeIdentity.READER) ? "a reader" : "validator " + key.hex();
    }
  }

  /**
   * Another process, or another store of this one, works on the directory.
   *
   * @param holder what the holder wrote into the lock file: its process id
   */
  record Locked(Path path, String holder) implements StartFault {
    @Override
    public String message() {
      return path + " is in use by process " + holder;
    }
  }

  /** Something that was durable is unreadable or gone: the node may have forgotten promises. */
  record Damaged(String detail) implements StartFault {
    @Override
    public String message() {
      return "damaged: " + detail + "; its validator comes back with recover";
    }
  }

  /** The node was given a ledger that it cannot run any more as it is configured now. */
  record UnfitCharter(LedgerId ledger, String detail) implements StartFault {
    @Override
    public String message() {
      return "cannot run ledger " + ledger.hex() + ", whose charter is there: " + detail;
    }
  }

  /** The database server would not keep what it confirms. */
  record UnfitServer(String detail) implements StartFault {
    @Override
    public String message() {
      return "the PostgreSQL server " + detail;
    }
  }

  record Unreachable(String database, String detail) implements StartFault {
    @Override
    public String message() {
      return "the database of " + database + " cannot be used: " + detail;
    }
  }

  /** As {@link NotInitialised}, in a database. */
  record NoReplica(String database) implements StartFault {
    @Override
    public String message() {
      return "the database of "
          + database
          + " has no such replica: it was never initialised, or its content was removed. A new"
          + " validator starts with init; one that has voted before must not";
    }
  }

  record AlreadyInitialised(String database, LedgerId ledger) implements StartFault {
    @Override
    public String message() {
      return "the database of "
          + database
          + " has a replica of ledger "
          + ledger.hex()
          + " already";
    }
  }

  /**
   * The database was copied, restored or promoted since the replica was last known to be whole: it
   * may lack what the validator has promised (protocol 7.19 W1, 7.20 V2).
   *
   * @param expected server, database and time line
   */
  record ForeignOrigin(String expected, String found) implements StartFault {
    @Override
    public String message() {
      return "the replica was made in the database "
          + expected
          + ", but this is "
          + found
          + ": a copy, a restored backup or a promoted standby may lack promises";
    }
  }
}
