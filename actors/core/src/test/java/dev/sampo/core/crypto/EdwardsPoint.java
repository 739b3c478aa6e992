package dev.sampo.core.crypto;

import dev.sampo.core.types.Bytes;
import java.math.BigInteger;
import java.util.List;

/**
 * Plain arithmetic on edwards25519, slow and readable, to build signatures that no honest signer
 * makes.
 */
record EdwardsPoint(BigInteger x, BigInteger y) {

  /** 2^255 - 19. */
  static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

  /** The order of the large prime subgroup. */
  static final BigInteger L =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  private static final BigInteger D =
      BigInteger.valueOf(-121_665).multiply(BigInteger.valueOf(121_666).modInverse(P)).mod(P);

  static final EdwardsPoint NEUTRAL = new EdwardsPoint(BigInteger.ZERO, BigInteger.ONE);

  static final EdwardsPoint BASE =
      new EdwardsPoint(
          new BigInteger(
              "15112221349535400772501151409588531511454012693041857206046113283949847762202"),
          new BigInteger(
              "46316835694926478169428394003475163141307993866256225615783033603165251855960"));

  /** A point of order 8 and its multiples: all points whose order divides the cofactor. */
  static List<EdwardsPoint> torsion() {
    var generator =
        decode(Bytes.fromHex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"));
    return java.util.stream.Stream.iterate(NEUTRAL, generator::plus).limit(8).toList();
  }

  EdwardsPoint plus(EdwardsPoint other) {
    var xx = x.multiply(other.x);
    var yy = y.multiply(other.y);
    var dxxyy = D.multiply(xx).multiply(yy);
    return new EdwardsPoint(
        x.multiply(other.y)
            .add(y.multiply(other.x))
            .multiply(BigInteger.ONE.add(dxxyy).modInverse(P))
            .mod(P),
        yy.add(xx).multiply(BigInteger.ONE.subtract(dxxyy).modInverse(P)).mod(P));
  }

  EdwardsPoint times(BigInteger scalar) {
    var sum = NEUTRAL;
    for (int bit = scalar.bitLength() - 1; bit >= 0; bit--) {
      sum = sum.plus(sum);
      if (scalar.testBit(bit)) {
        sum = sum.plus(this);
      }
    }
    return sum;
  }

  Bytes encoded() {
    return encode(y, x.testBit(0));
  }

  /** Any 255-bit y and sign bit, canonical or not. */
  static Bytes encode(BigInteger y, boolean isOdd) {
    return littleEndian(isOdd ? y.setBit(255) : y);
  }

  static Bytes littleEndian(BigInteger number) {
    var octets = new byte[32];
    for (int i = 0; i < 32; i++) {
      octets[i] = number.shiftRight(8 * i).byteValue();
    }
    return Bytes.owning(octets);
  }

  static BigInteger ofLittleEndian(Bytes octets) {
    var number = BigInteger.ZERO;
    for (int i = octets.length() - 1; i >= 0; i--) {
      number = number.shiftLeft(8).or(BigInteger.valueOf(octets.at(i)));
    }
    return number;
  }

  private static EdwardsPoint decode(Bytes encoded) {
    var number = ofLittleEndian(encoded);
    var y = number.clearBit(255);
    var yy = y.multiply(y);
    var xx = yy.subtract(BigInteger.ONE).multiply(D.multiply(yy).add(BigInteger.ONE).modInverse(P));
    var root = squareRoot(xx.mod(P));
    return new EdwardsPoint(root.testBit(0) == number.testBit(255) ? root : P.subtract(root), y);
  }

  private static BigInteger squareRoot(BigInteger square) {
    var root = square.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
    if (!root.multiply(root).mod(P).equals(square)) {
      root = root.multiply(BigInteger.TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P));
    }
    return root.mod(P);
  }
}
