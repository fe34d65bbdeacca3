#include "frontend/sema/templates/shell_scan.h"

#include <gtest/gtest.h>

namespace pflow::sema {
namespace {

/// The site of the one hole, written `@`.
HoleSite site_of(std::string_view text) {
  ShellScanner scanner;
  size_t at = text.find('@');
  scanner.text(text.substr(0, at));
  HoleSite site = scanner.hole();
  scanner.text(text.substr(at + 1));
  return site;
}

ShellContext context_of(std::string_view text) { return site_of(text).context; }

ShellContext unclosed(std::string_view text) {
  ShellScanner scanner;
  scanner.text(text);
  return scanner.unclosed();
}

TEST(ShellScan, PlainWordsAreSafe) {
  for (std::string_view text : {"ls @",
                                "ls x@y",
                                "ls 'a b' @",
                                "ls \"a\"@",
                                "a | b @",
                                "x=@ env",
                                "ls > @",
                                "(cd @)",
                                "echo $(cat @)",
                                "echo \"$(cat @)\"",
                                "echo it\\'s @",
                                "echo a#b @",
                                "# note\nls @",
                                "cat <<END\ntext\nEND\nls @",
                                "cat <<-END\n\ttext\n\tEND\nls @",
                                "echo $HOME @",
                                "echo ${HOME} @",
                                "echo $((1 + 2)) @",
                                "echo `date` @",
                                "mysh -x @",
                                "sh @"})
    EXPECT_EQ(context_of(text), ShellContext::Command) << text;
}

TEST(ShellScan, WhatAHoleMayNotStandIn) {
  EXPECT_EQ(context_of("echo '@'"), ShellContext::SingleQuotes);
  EXPECT_EQ(context_of("echo \"a @\""), ShellContext::DoubleQuotes);
  EXPECT_EQ(context_of("echo \"$(ls)@\""), ShellContext::DoubleQuotes);
  EXPECT_EQ(context_of("echo `ls @`"), ShellContext::Backquotes);
  EXPECT_EQ(context_of("echo $((@ + 1))"), ShellContext::Arithmetic);
  EXPECT_EQ(context_of("echo $(((1) + @))"), ShellContext::Arithmetic);
  EXPECT_EQ(context_of("echo ${X:-@}"), ShellContext::Parameter);
  EXPECT_EQ(context_of("ls # @"), ShellContext::Comment);
  EXPECT_EQ(context_of("cat <<END\n@\nEND"), ShellContext::HereDocument);
  EXPECT_EQ(context_of("cat << @"), ShellContext::HereDocument);
  EXPECT_EQ(context_of("cat <<A <<B\nA\n@\nB"), ShellContext::HereDocument);
  EXPECT_EQ(context_of("echo \\@"), ShellContext::Escape);
  EXPECT_EQ(context_of("echo $@"), ShellContext::Dollar);
}

TEST(ShellScan, TextThatSomebodyRuns) {
  for (std::string_view text :
       {"eval ls @", "eval \"$(cat @)\"", "trap @ EXIT", "trap -- @ EXIT", "alias x=@",
        "su nobody -c @", "su -c@", "su - x --command=@", "runuser -u x -c @", "flock f -c @",
        "script -c @ log", "env -S @", "watch ls @", "sudo watch -n 2 ls @", "parallel echo @",
        "adb shell ls @"})
    EXPECT_EQ(site_of(text).run_by, RunsText::Evaluator) << text;
  for (std::string_view text : {"env sh -c @", "/bin/bash -ec 'x' @", "sudo sh -c @",
                                "xargs -n 1 sh -c @", "find . -exec sh -c @ ';'",
                                "docker exec c sh -c @", "timeout 5 nohup bash -c @", "bash <<< @"})
    EXPECT_EQ(site_of(text).run_by, RunsText::Shell) << text;
  for (std::string_view text :
       {"ssh host ls @", "ssh -p 22 -i key host -- ls @", "sudo ssh host @", "x=1 ssh host @",
        "if ssh host test -e @; then :; fi", "ssh -o ProxyCommand=@ host", "/usr/bin/ssh host @",
        "timeout 5 ssh -v host x@"})
    EXPECT_EQ(site_of(text).run_by, RunsText::OtherMachine) << text;
  for (std::string_view text :
       {"awk @ f", "awk -F , '/'@ f", "gawk -e @", "perl -ne @", "perl -e x@", "python3 -c @",
        "python3.11 -uc @", "ruby -e @", "node -e @", "node --eval=@", "php -r @", "sed @ f",
        "sed -n s/@/x/ f", "sed -i -e @ f", "sed --expression=@ f"})
    EXPECT_EQ(site_of(text).run_by, RunsText::Interpreter) << text;
}

TEST(ShellScan, WordsThatNobodyRuns) {
  for (std::string_view text : {"ssh @ uptime",
                                "ssh -p @ host ls",
                                "rsync -e ssh -a @ host:x",
                                "echo ssh host @",
                                "trap '' @",
                                "watch -x ls @",
                                "parallel echo ::: @",
                                "su @",
                                "flock @ ls",
                                "env @",
                                "awk '{ print }' @",
                                "awk -v x=@ '{ print x }' f",
                                "awk -f p.awk @",
                                "sed s/a/b/ @",
                                "sed -e s/a/b/ @",
                                "sed -f p.sed @",
                                "python3 -c 'print()' @",
                                "python3 @",
                                "perl -e 1 @",
                                "perl @",
                                "node @",
                                "php @",
                                "xargs rm -- @",
                                "docker exec c ls @",
                                "find @ -name x",
                                ". @",
                                "adb push @ x",
                                "eval ls; echo @",
                                "sh -c ls && echo @"})
    EXPECT_EQ(context_of(text), ShellContext::Command) << text;
}

TEST(ShellScan, WhatIsPrintedIntoAShell) {
  auto printed = [](std::string_view text) {
    ShellScanner scanner;
    size_t at = text.find('@');
    scanner.text(text.substr(0, at));
    (void)scanner.hole();
    scanner.text(text.substr(at + 1));
    scanner.finish();
    return !scanner.printed_into_shell().empty();
  };
  for (std::string_view text : {"echo @ | sh", "printf '%s' @ | bash -s",
                                "echo ls @ | tr a b | sh -e", "echo @ |\n/bin/sh; ls"})
    EXPECT_TRUE(printed(text)) << text;
  for (std::string_view text :
       {"cat @ | sh", "echo @ | sh x.sh", "echo @ || sh", "echo @; ls | sh", "echo @ | grep sh"})
    EXPECT_FALSE(printed(text)) << text;
}

TEST(ShellScan, WhereTheParametersAreTheScripts) {
  auto keeps = [](std::string_view text) {
    ShellScanner scanner;
    size_t at = text.find('@');
    scanner.text(text.substr(0, at));
    bool in_function = scanner.hole().in_function;
    scanner.text(text.substr(at + 1));
    scanner.finish();
    return !in_function && scanner.keeps_parameters();
  };
  for (std::string_view text :
       {"ls @", "for i in @; do :; done; echo $i", "f() { echo $#; }; f @", "(cat @)",
        "echo \"$(cat @)\"", "f() (shift_it); f @", "function f { ls; }\nf @",
        "f()\n{\n  { ls; }\n}\nf @", "case x in a) ls ;; esac; ls @", "ls 'a$b' @"})
    EXPECT_TRUE(keeps(text)) << text;
  for (std::string_view text : {"f() { ls @; }",
                                "f() (ls @)",
                                "function f { ls @; }",
                                "function f() { ls @; }",
                                "f () { { ls; }; ls @; }",
                                "f() if true; then ls @; fi",
                                "f() ( case x in a) ls @;; esac )",
                                "set -- a; ls @",
                                "ls @; shift",
                                "while :; do ls @; shift; done",
                                "echo $# @",
                                "echo ${1} @",
                                "echo \"$*\" @",
                                "for i; do ls @; done",
                                "for i do ls @; done",
                                "eval x; ls @",
                                ". x; ls @",
                                "$x a; ls @",
                                "echo `shift` @",
                                "getopts a b; ls @",
                                "cat <<E\n$#\nE\nls @"})
    EXPECT_FALSE(keeps(text)) << text;
}

TEST(ShellScan, WhereAWordBegins) {
  EXPECT_TRUE(site_of("ls @").begins_word);
  EXPECT_TRUE(site_of("ls;@").begins_word);
  EXPECT_FALSE(site_of("ls x@").begins_word);
  EXPECT_FALSE(site_of("ls ''@").begins_word);
  EXPECT_FALSE(site_of("ls $(pwd)@").begins_word);
  EXPECT_FALSE(site_of("ls > @").begins_word);
}

TEST(ShellScan, DashesEndOptions) {
  EXPECT_TRUE(site_of("ls -- @").after_dashes);
  EXPECT_TRUE(site_of("ls '--' @").after_dashes);
  EXPECT_FALSE(site_of("ls @ --").after_dashes);
  EXPECT_FALSE(site_of("ls -- x; cat @").after_dashes);
}

TEST(ShellScan, ASecondHoleGoesOnWithTheWord) {
  ShellScanner scanner;
  scanner.text("ls ");
  EXPECT_TRUE(scanner.hole().begins_word);
  EXPECT_FALSE(scanner.hole().begins_word);
  scanner.text(" ");
  EXPECT_TRUE(scanner.hole().begins_word);
}

TEST(ShellScan, WhatIsLeftOpen) {
  EXPECT_EQ(unclosed("ls 'a'"), ShellContext::Command);
  EXPECT_EQ(unclosed("ls 'a"), ShellContext::SingleQuotes);
  EXPECT_EQ(unclosed("ls \"a"), ShellContext::DoubleQuotes);
  EXPECT_EQ(unclosed("ls `a"), ShellContext::Backquotes);
}

TEST(ShellScan, AShiftOfNothing) {
  auto shifts_nothing = [](std::string_view text) {
    ShellScanner scanner;
    scanner.text(text);
    scanner.finish();
    return scanner.shifts_nothing();
  };
  for (std::string_view text : {"shift", "shift; ls", "ls && shift 2", "ls\nshift\nls"})
    EXPECT_TRUE(shifts_nothing(text)) << text;
  for (std::string_view text :
       {"set -- a; shift", "f() { shift; }; f a", "[ $# -gt 0 ] && shift", "ls; echo shift",
        "(set -- a; shift)", "if x; then shift; fi", "while x; do shift; done", ". ./a; shift"})
    EXPECT_FALSE(shifts_nothing(text)) << text;
}

}  // namespace
}  // namespace pflow::sema
