package dev.sampo.client;

import dev.sampo.core.crypto.Ed25519Signer;
import dev.sampo.core.crypto.Signer;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.PublicKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;

/**
 * A named Ed25519 key pair, of an account or of a validator, in a text file that only its owner may
 * read. Whatever is wrong with a file, no message and no {@code toString} shows the secret (fault
 * 87). On file systems without POSIX permissions the access rights are left to the operator.
 */
public final class KeyFile {

  private static final String BEGIN = "-----BEGIN SAMPO KEY-----";
  private static final String END = "-----END SAMPO KEY-----";
  private static final List<String> FIELDS =
      List.of("name: ", "algorithm: ", "public-key: ", "secret-seed: ");
  private static final String ALGORITHM = "ed25519";
  private static final int FILE_BYTES_MAX = 1024;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      Set.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private final AccountId name;
  private final Bytes seed;
  private final Signer signer;

  private KeyFile(AccountId name, Bytes seed) {
    this.name = name;
    this.seed = seed;
    this.signer = Ed25519Signer.fromSeed(seed);
  }

  /** A new key pair; {@code name} follows the rules of account ids. */
  public static KeyFile generate(String name, SecureRandom random) {
    var seed = new byte[Ed25519Signer.SEED_LENGTH];
    random.nextBytes(seed);
    return new KeyFile(new AccountId(name), Bytes.owning(seed));
  }

  /** Throws {@link KeyFileRefused} unless the file is whole, consistent, and its owner's alone. */
  public static KeyFile read(Path path) {
    try {
      requireOwnerOnly(path);
      if (Files.size(path) > FILE_BYTES_MAX) {
        throw new KeyFileRefused(path, "it is too large to be a key file");
      }
      return parse(path, Files.readAllBytes(path));
    } catch (NoSuchFileException missing) {
      throw new KeyFileRefused(path, "there is no such file");
    } catch (IOException unreadable) {
      throw new KeyFileRefused(path, "it cannot be read: " + unreadable.getMessage());
    }
  }

  private static void requireOwnerOnly(Path path) throws IOException {
    if (!hasPosixPermissions(path)) {
      return;
    }
    var permissions = Files.getPosixFilePermissions(path);
    if (!OWNER_ONLY.containsAll(permissions)) {
      throw new KeyFileRefused(
          path,
          "others than its owner may use it ("
              + PosixFilePermissions.toString(permissions)
              + "); run: chmod 600 "
              + path);
    }
  }

  private static KeyFile parse(Path path, byte[] content) {
    var lines = new String(content, StandardCharsets.US_ASCII).split("\n", -1);
    boolean whole =
        lines.length == FIELDS.size() + 3
            && lines[0].equals(BEGIN)
            && lines[FIELDS.size() + 1].equals(END)
            && lines[FIELDS.size() + 2].isEmpty();
    if (!whole) {
      throw new KeyFileRefused(path, "it is not a whole Sampo key file");
    }
    var values = new String[FIELDS.size()];
    for (int i = 0; i < values.length; i++) {
      var field = FIELDS.get(i);
      if (!lines[i + 1].startsWith(field)) {
        throw new KeyFileRefused(path, "line " + (i + 2) + " is not '" + field.strip() + " ...'");
      }
      values[i] = lines[i + 1].substring(field.length());
    }
    return ofFields(path, values);
  }

  private static KeyFile ofFields(Path path, String[] values) {
    if (!values[1].equals(ALGORITHM)) {
      throw new KeyFileRefused(path, "its algorithm is not " + ALGORITHM);
    }
    KeyFile key;
    PublicKey stated;
    try {
      // The causes would quote the secret, so that they must not travel on.
      stated = PublicKey.fromHex(values[2]);
      key = new KeyFile(new AccountId(values[0]), Bytes.fromHex(values[3]));
    } catch (IllegalArgumentException malformed) {
      throw new KeyFileRefused(path, "its name, public key or secret seed is malformed");
    }
    if (!key.publicKey().equals(stated)) {
      throw new KeyFileRefused(path, "its public key does not belong to its secret seed");
    }
    return key;
  }

  /** Writes a new file with mode 0600 and syncs it; an existing file is never replaced. */
  public void write(Path path) {
    var text =
        String.join(
            "\n",
            BEGIN,
            FIELDS.get(0) + name,
            FIELDS.get(1) + ALGORITHM,
            FIELDS.get(2) + publicKey().hex(),
            FIELDS.get(3) + seed.hex(),
            END,
            "");
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (var file = FileChannel.open(path, options, ownerOnly(path))) {
      var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      file.force(true);
    } catch (FileAlreadyExistsException exists) {
      throw new KeyFileRefused(path, "there is such a file already");
    } catch (IOException unwritable) {
      throw new KeyFileRefused(path, "it cannot be written: " + unwritable.getMessage());
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path path) {
    return hasPosixPermissions(path)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean hasPosixPermissions(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  public String name() {
    return name.name();
  }

  /** The account of the key's name. */
  public AccountId account() {
    return name;
  }

  public PublicKey publicKey() {
    return signer.publicKey();
  }

  public Signer signer() {
    return signer;
  }

  /** The secret itself (RFC 8032), for the one other use of a validator's key: TLS. */
  public Bytes secretSeed() {
    return seed;
  }

  @Override
  public String toString() {
    return "KeyFile[" + name + " " + publicKey() + "]";
  }
}
