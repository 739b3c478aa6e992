package dev.sampo.core.vote;

import dev.sampo.core.types.Signature;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.ValidatorSet;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * A statement with the signatures of a quorum (protocol 2.2): a notarization, nullification,
 * finalization or state certificate, depending on the statement. Encoded as a bitmap of signers and
 * their signatures. Constructing one checks its shape, not its signatures or its threshold.
 *
 * @param votes of the same statement, in strictly ascending order of their signers
 */
public record Certificate(Statement statement, List<Signed> votes) {

  /** One validator's part in a certificate. */
  public record Signed(ValidatorIndex signer, Signature signature) {}

  public Certificate {
    votes = List.copyOf(votes);
    for (int i = 1; i < votes.size(); i++) {
      if (votes.get(i - 1).signer().compareTo(votes.get(i).signer()) >= 0) {
        throw new IllegalArgumentException("signers must be strictly ascending");
      }
    }
  }

  /** A certificate from votes for {@code statement} by distinct signers, in any order. */
  public static Certificate of(Statement statement, Collection<Vote> votes) {
    var signed = new ArrayList<Signed>();
    for (var vote : votes) {
      if (!vote.statement().equals(statement)) {
        throw new IllegalArgumentException("a vote for another statement");
      }
      signed.add(new Signed(vote.signer(), vote.signature()));
    }
    signed.sort(Comparator.comparing(Signed::signer));
    return new Certificate(statement, signed);
  }

  public List<ValidatorIndex> signers() {
    return votes.stream().map(Signed::signer).toList();
  }

  public void writeTo(WireWriter out) {
    statement.writeTo(out);
    int width = bitmapLength();
    var bitmap = new int[width];
    for (var vote : votes) {
      bitmap[vote.signer().number() / 8] |= 1 << (vote.signer().number() % 8);
    }
    out.u8(width);
    for (int octet : bitmap) {
      out.u8(octet);
    }
    votes.forEach(vote -> out.fixed(vote.signature().value()));
  }

  /** Length of the encoding in bytes. */
  public int encodedLength() {
    return statement.encodedLength() + 1 + bitmapLength() + votes.size() * Signature.LENGTH;
  }

  private int bitmapLength() {
    return votes.isEmpty() ? 0 : votes.getLast().signer().number() / 8 + 1;
  }

  public static Certificate readFrom(WireReader in) throws Malformed {
    var statement = Statement.readFrom(in);
    int width = in.u8();
    if (width > ValidatorSet.MAX_SIZE / 8) {
      throw new Malformed("bitmap of " + width + " bytes");
    }
    var signers = new ArrayList<ValidatorIndex>();
    for (int i = 0; i < width; i++) {
      int octet = in.u8();
      if (octet == 0 && i == width - 1) {
        throw new Malformed("bitmap longer than needed");
      }
      for (int bit = 0; bit < 8; bit++) {
        if ((octet >>> bit & 1) == 1) {
          signers.add(ValidatorIndex.of(i * 8 + bit));
        }
      }
    }
    var votes = new ArrayList<Signed>();
    for (var signer : signers) {
      votes.add(new Signed(signer, new Signature(in.fixed(Signature.LENGTH))));
    }
    return new Certificate(statement, votes);
  }
}
