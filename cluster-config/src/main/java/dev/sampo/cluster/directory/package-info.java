/** The ledgers that the accounts of one application are spread over, as people name them. */
@org.jspecify.annotations.NullMarked
package dev.sampo.cluster.directory;
