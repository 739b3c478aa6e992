/** What the commands share: exit codes, text and JSON on stdout, talk on stderr. */
@org.jspecify.annotations.NullMarked
package dev.sampo.cluster.console;
