package dev.sampo.cluster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("sampo demo refuses what makes no sense before it starts anything")
final class DemoCommandTest extends RunsCommands {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --rate 5                                            | need --transfers
          --cross 20%                                         | need --transfers
          --transfers 0                                       | --transfers is at least 1
          --transfers 5 --port 9000                           | chooses the ports itself
          --transfers 5 --rate 0                              | --rate is at least 1
          --transfers 5 --in-flight 0                         | --in-flight is 1 to
          --transfers 5 --in-flight 5000                      | --in-flight is 1 to
          --transfers 5 --cross 20%                           | --cross needs at least --ledgers 2
          --port 0                                            | --port is 1 to 65526
          --cut c                                             | --cut needs --transfers
          --cut-for 20s                                       | --cut-for needs --cut
          --transfers 5 --cut c --cut-for 9s                  | --cut-for is at least 10s
          --transfers 5 --cut c --rate 5                      | --cut has neither --rate nor
          --move main=v1b                                     | need --nodes-per-validator
          --kill v1a                                          | need --nodes-per-validator
          --database jdbc:postgresql://h/d                    | need --nodes-per-validator
          --nodes-per-validator 2                             | needs --database and
          --nodes-per-validator 1                             | --nodes-per-validator is 2 to
          --nodes-per-validator 2 --move main=v1b             | --move and --kill need --transfers
          --nodes-per-validator 2 --transfers 5 --move v1b    | --move is LEDGER=NODE
          --nodes-per-validator 2 --transfers 5 --move =v1b   | --move is LEDGER=NODE
          --nodes-per-validator 2 --transfers 5 --rate 5 --kill v1a | have neither --rate nor
          --nodes-per-validator 2 --port 9000                 | has no --port, --cut or --cross
          --nodes-per-validator 2 --gateways 1                | has no --gateways or --readers
          --nodes-per-validator 2 --database mysql:x --database-password-file f | --database is
          """)
  void refuses(String options, String why) {
    assertThat(run(("demo " + options).split(" "))).isEqualTo(2);
    assertThat(talk).contains(why);
    assertThat(out).isEmpty();
  }
}
