package dev.sampo.cluster.cli;

import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionBody;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.wire.Malformed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Keeps the signed bytes of each transaction that was sent under an idempotency key, so that the
 * same command sends the same bytes again, also after a crash, and nothing is done twice (7.14).
 */
final class SentTransactions {

  private final Path folder;

  /** Below {@code keys}, which only its owner may enter. */
  SentTransactions(Path keys) {
    this.folder = keys.resolve("sent");
  }

  /**
   * The transaction that was kept first under the idempotency key of {@code built}; now {@code
   * built} if there is none. Fails if that one is about something else.
   */
  SignedTransaction keep(SignedTransaction built) {
    try {
      var wanted = TransactionBody.decode(built.body());
      var file = file(wanted.dedupeKey());
      var kept = read(file);
      if (kept.isEmpty()) {
        write(file, built);
        return built;
      }
      requireSame(TransactionBody.decode(kept.get().body()), wanted);
      return kept.get();
    } catch (Malformed damaged) {
      throw new CommandFailed(
          ExitCode.FAILED, "a file in " + folder + " is damaged: " + damaged.getMessage(), damaged);
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot keep the transaction in " + folder, failed);
    }
  }

  /**
   * Lets the idempotency key be used anew, as its transaction never had and never will have an
   * effect.
   */
  void forget(SignedTransaction refused) {
    try {
      Files.deleteIfExists(file(TransactionBody.decode(refused.body()).dedupeKey()));
    } catch (Malformed impossible) {
      throw new IllegalStateException("it was decoded before", impossible);
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot remove the transaction in " + folder, failed);
    }
  }

  private static void requireSame(TransactionBody kept, TransactionBody wanted) {
    boolean same =
        kept.application().equals(wanted.application()) && kept.payload().equals(wanted.payload());
    if (!same) {
      throw new CommandFailed(
          ExitCode.CONFLICT,
          "this idempotency key was used for another transfer; use a new key for a new purpose");
    }
  }

  private Path file(Hash dedupeKey) {
    return folder.resolve(dedupeKey.hex() + ".tx");
  }

  private static Optional<SignedTransaction> read(Path file) throws IOException, Malformed {
    return Files.exists(file)
        ? Optional.of(SignedTransaction.decode(Bytes.owning(Files.readAllBytes(file))))
        : Optional.empty();
  }

  /** Durable before anything is sent. */
  private void write(Path file, SignedTransaction transaction) throws IOException {
    Files.createDirectories(folder);
    var draft = Files.createTempFile(folder, "draft-", ".tx");
    try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      var bytes = ByteBuffer.wrap(transaction.encoded().toByteArray());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
