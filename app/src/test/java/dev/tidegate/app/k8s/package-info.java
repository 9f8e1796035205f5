/**
 * Checks of the manifests under {@code k8s/} without a cluster. In: YAML as it stands, and overlays
 * as kustomize renders them. Out: findings, one line each; none if all is well.
 */
package dev.tidegate.app.k8s;
