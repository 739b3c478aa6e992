package dev.sampo.cluster.startup;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sampo.cluster.config.FaultyConfig;
import dev.sampo.core.crypto.Ed25519Suite;
import dev.sampo.core.crypto.Signer;
import dev.sampo.core.genesis.HandOverRefusal;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.types.Signature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A refusal with the signature of its validator in a file of text (protocol V3). */
final class RefusalFile {

  private static final int BYTES_MAX = 4096;
  private static final Pattern CONTENT =
      Pattern.compile(
          """
          format 1
          network ([0-9a-f]{64})
          tenure (0|[1-9][0-9]{0,17})
          tail ([0-9a-f]{64})
          target ([!-~]{1,256})
          signature ([0-9a-f]{128})
          """);

  private RefusalFile() {}

  /** Replaces what is there: a refusal may be written as often as somebody needs it. */
  static void write(Path file, HandOverRefusal refusal, Signer validator) throws IOException {
    var content =
        "format 1\nnetwork %s\ntenure %d\ntail %s\ntarget %s\nsignature %s\n"
            .formatted(
                refusal.network().hex(),
                refusal.tenure(),
                refusal.tail().hex(),
                refusal.target(),
                validator.sign(refusal.digest()).value().hex());
    Files.writeString(file, content);
  }

  /** Throws {@link FaultyConfig} unless the validator has signed it for this network. */
  static HandOverRefusal read(Path file, LedgerId network, PublicKey validator) {
    var lines = CONTENT.matcher(content(file));
    if (!lines.matches()) {
      throw refused(file, "is not what take-over --refuse writes");
    }
    var refusal =
        new HandOverRefusal(
            LedgerId.fromHex(lines.group(1)),
            Long.parseLong(lines.group(2)),
            Hash.fromHex(lines.group(3)),
            lines.group(4));
    if (!refusal.network().equals(network)) {
      throw refused(file, "is that of another network");
    }
    var signature = Signature.fromHex(lines.group(5));
    if (!new Ed25519Suite().verifyVote(validator, refusal.digest(), signature)) {
      throw refused(file, "is not signed by this validator");
    }
    return refusal;
  }

  private static String content(Path file) {
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(BYTES_MAX), UTF_8);
    } catch (IOException unreadable) {
      throw refused(file, "cannot be read: " + unreadable);
    }
  }

  private static FaultyConfig refused(Path file, String why) {
    return new FaultyConfig(List.of("refusal " + file + " " + why));
  }
}
