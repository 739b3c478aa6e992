package dev.sampo.planted.r1imports.core.crypto;

import java.security.MessageDigest;
import java.util.List;
import org.bouncycastle.util.Arrays;

/** Cryptography may digest and use its library. */
final class Innocent {
  boolean same(MessageDigest digest, List<byte[]> pieces, byte[] expected) {
    pieces.forEach(digest::update);
    return Arrays.areEqual(digest.digest(), expected);
  }
}
