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
      return "what is stored here has the unknown format "
          + found
          + "; this version knows "
          + known;
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

  /** The system refuses a file: nothing says that what it holds is lost. */
  record Unusable(String file, String reason) implements StartFault {
    @Override
    public String message() {
      return file
          + " cannot be read or written: "
          + reason
          + "; mend its permissions, the file system or the disk, and start again";
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

  /** The directory was handed over, and another one signs in its place (protocol V3). */
  record Sealed(String target) implements StartFault {
    @Override
    public String message() {
      return "was handed over to node "
          + target
          + " and never signs again: copy it there and use take-over. If "
          + target
          + " has refused it, hand-over --cancel takes it back; if what "
          + target
          + " opened is lost for good, its validator comes back with recover";
    }
  }

  /** A copy that its target has declined (protocol V3): the source may sign again. */
  record Refused(String target) implements StartFault {
    @Override
    public String message() {
      return "is a copy that node "
          + target
          + " has refused, which never signs: the source takes the refusal with hand-over --cancel,"
          + " and may then be handed over again";
    }
  }

  /** A step of a hand-over that is not the one in turn, or not of this directory. */
  record UnfitHandOver(String detail) implements StartFault {
    @Override
    public String message() {
      return detail;
    }
  }

  /** The directory was started with a mark, and a copy of it elsewhere would have none (W6). */
  record NoMark(String detail) implements StartFault {
    @Override
    public String message() {
      return "was started with a mark before, but "
          + detail
          + ": a copy signs only after a hand-over. Give it its mark (storage.mark); if the mark is"
          + " lost, its validator comes back with recover";
    }
  }

  record UnfitMark(Path file, String detail) implements StartFault {
    @Override
    public String message() {
      return "the mark "
          + file
          + " cannot be used: "
          + detail
          + ". If it is lost, its validator comes back with recover";
    }
  }

  /** The mark says that a later state of this replica has been opened (W6, RE1). */
  record OlderState(LedgerId ledger, long opened, long marked) implements StartFault {
    @Override
    public String message() {
      return "the replica of ledger %s was opened %d times, but its mark says %d: this is an older"
              .formatted(ledger.hex(), opened, marked)
          + " copy or a restored backup, which lacks promises. Start the newest; if it is lost, its"
          + " validator comes back with recover";
    }
  }

  /** The mark is that of a replica which was made at another time. */
  record OtherDirectory(LedgerId ledger) implements StartFault {
    @Override
    public String message() {
      return "the replica of ledger "
          + ledger.hex()
          + " is not the one that was started with this mark: it was made anew, or is older than a"
          + " recovery. Start that one; if it is lost, its validator comes back with recover";
    }
  }

  /** The mark says that this directory has been handed over since, or its copy was refused (V3). */
  record EndedTenure(long tenure, long earliest) implements StartFault {
    @Override
    public String message() {
      return "is from tenure %d, but by its mark nothing before tenure %d signs here: it is a copy"
              .formatted(tenure, earliest)
          + " from before a hand-over. If the newest directory is lost, its validator comes back"
          + " with recover";
    }
  }
}
