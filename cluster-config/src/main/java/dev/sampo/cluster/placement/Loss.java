package dev.sampo.cluster.placement;

import java.util.regex.Pattern;

/** Something that is gone: a validator, or all that stand in a data centre. */
public sealed interface Loss {

  /** Whether it takes the validator with it. */
  boolean takes(Member member);

  /** One validator. */
  record OfValidator(String name) implements Loss {
    @Override
    public boolean takes(Member member) {
      return member.name().equals(name);
    }

    @Override
    public String toString() {
      return "validator=" + name;
    }
  }

  /** A data centre, or the links to it. */
  record OfDataCentre(String name) implements Loss {
    @Override
    public boolean takes(Member member) {
      return member.dataCentre().equals(name);
    }

    @Override
    public String toString() {
      return "dc=" + name;
    }
  }

  /** Reads {@code dc=NAME} or {@code validator=NAME}; throws {@link IllegalArgumentException}. */
  static Loss parse(String text) {
    var matcher = Pattern.compile("(dc|validator)=(\\S{1,64})").matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is neither dc=NAME nor validator=NAME, such as dc=a or validator=v1");
    }
    var name = matcher.group(2);
    return matcher.group(1).equals("dc") ? new OfDataCentre(name) : new OfValidator(name);
  }
}
