# Sourced by the two launchers. find_jdk TOOL prints the home of a JDK 25 that has bin/TOOL (java or javac), or fails.

jdk_candidates() {
    local java link home
    [ -n "${JAVA_HOME:-}" ] && printf '%s\n' "$JAVA_HOME"
    if java=$(command -v java); then
        while [ -L "$java" ]; do
            link=$(readlink "$java")
            case $link in
                /*) java=$link ;;
                *) java=$(dirname "$java")/$link ;;
            esac
        done
        printf '%s\n' "$(dirname "$(dirname "$java")")"
    fi
    [ -x /usr/libexec/java_home ] && /usr/libexec/java_home -v 25 2>/dev/null
    for home in /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
        /opt/*jdk* /opt/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        printf '%s\n' "$home"
    done
}

find_jdk() {
    local home
    while IFS= read -r home; do
        if [ -x "$home/bin/$1" ] && grep -q '^JAVA_VERSION="25[."]' "$home/release" 2>/dev/null &&
            grep -q '^MODULES=.*jdk\.incubator\.vector' "$home/release"; then
            printf '%s\n' "$home"
            return 0
        fi
    done < <(HOME=${HOME:-/nonexistent} jdk_candidates)
    return 1
}

no_jdk() {
    cat >&2 <<'EOF'
adamscope: needs a JDK 25, and none was found.
  Looked at: JAVA_HOME, java on the PATH, /usr/lib/jvm, /opt, ~/.sdkman, ~/.jdks, macOS java_home.
  Install one, for example Debian and Ubuntu: apt-get install openjdk-25-jdk-headless (or temurin-25-jdk);
  SDKMAN: sdk install java 25-tem; macOS: brew install --cask temurin@25. Or set JAVA_HOME to an unpacked one.
EOF
    exit 2
}
