/** Flight recordings of running validators, and where their time went. */
@org.jspecify.annotations.NullMarked
package dev.sampo.cluster.profile;
