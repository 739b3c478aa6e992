package dev.sampo.cluster.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JsonTest {

  @Test
  void keepsTheOrderOfMembers() {
    var object = new LinkedHashMap<String, Object>();
    object.put("z", 1L);
    object.put("a", List.of(true, 2.5, Map.of()));
    object.put("n", Json.Unknown.UNKNOWN);

    assertThat(Json.of(object)).isEqualTo("{\"z\":1,\"a\":[true,2.5,{}],\"n\":null}");
  }

  @Test
  void escapesWhatWouldEndAStringOrSteerATerminal() {
    assertThat(Json.of("a\"b\\c\n\u001b[2J\u009b"))
        .isEqualTo("\"a\\\"b\\\\c\\u000a\\u001b[2J\\u009b\"");
  }

  @Test
  void refusesNumbersThatJsonDoesNotHave() {
    assertThatThrownBy(() -> Json.of(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
  }
}
