using System.Text;
using MallVip.Rules.Commands;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Programmes;
using MallVip.Rules.Programmes.Parsing;
using MallVip.Rules.Quantities;
using MallVip.Rules.Tests.Ledger;

namespace MallVip.Rules.Tests.Programmes;

/// <summary>What a programme says of tags, and tags that exclude one another.</summary>
public class DeclaredTagTests
{
    private const string Declared = """

        tag-groups: { life: { name: Life, exclusive: true }, taste: Taste }
        tags:
          student: { name: Student, group: life, colour: "#3366CC", owner: CRM, note: Asked at the desk. }
          parent: { group: life }
          beauty: { group: taste }
          coffee: { group: taste }
          vip: Very important
        """;

    private const string Rules = """
        ruleset: t
        rules:
          parent: { on: mall.purchase, when: event.paid >= 100, tag: parent }
          gift: { on: tag.added, when: event.tag == "parent", send-message: thanks }
        """;

    [Fact]
    public void A_tag_has_a_name_a_group_a_colour_an_owner_and_a_note()
    {
        var student = Programme().Tags["student"];

        Assert.Equal(
            ("Student", "life", "#3366CC", "CRM", "Asked at the desk."),
            (student.Name, student.Group!.Id, student.Colour, student.Owner, student.Note));
        Assert.Equal("Very important", Programme().Tags["vip"].Name);
    }

    [Fact]
    public void Of_an_exclusive_group_the_newest_stays_by_hand_and_by_rule()
    {
        var shopper = new Shopper(Programme());
        foreach (var tag in (string[])["beauty", "coffee", "parent", "student", "unheard-of"])
            shopper.Do(new MemberCommand.AddTag(tag, null, "asked"));
        Assert.Equal(["beauty", "coffee", "student", "unheard-of"], Tags(shopper));

        shopper.Buys("noodles", 100);
        Assert.Equal(["beauty", "coffee", "parent", "unheard-of"], Tags(shopper));
        Assert.Equal(
            new Fact.TagRemoved("student", "rule", shopper.Last.OfType<Fact.TagAdded>().Single().Why),
            Assert.Single(shopper.Last.OfType<Fact.TagRemoved>()));
        Assert.Single(shopper.Last.OfType<Fact.Effect>());
    }

    [Fact]
    public void Two_who_become_one_keep_the_newer_of_an_exclusive_group()
    {
        var old = new Shopper(Programme(), "2026-11-20T12:00");
        old.Do(new MemberCommand.AddTag("parent", null, null));
        var member = new Shopper(Programme());
        member.Do(new MemberCommand.AddTag("student", null, null));
        member.Do(new MemberCommand.Absorb("m", new MemberId(2), old.Journal.Count, old.State));

        Assert.Equal(["student"], Tags(member));
    }

    [Theory]
    [InlineData("    earn: { amount: 1 }\n    when: member.hasTag(\"studnet\")", "TAG_UNKNOWN", "student")]
    [InlineData("    tag: studnet", "TAG_UNKNOWN", "student")]
    [InlineData("    untag: studnet", "TAG_UNKNOWN", "student")]
    [InlineData("    tag: { name: studnet, for: 3d }", "TAG_UNKNOWN", "student")]
    public void A_misspelt_tag_is_found_with_what_was_meant(string rule, string code, string meant)
    {
        var result = Small.Load(
            $"ruleset: t\nrules:\n  r:\n    on: mall.purchase\n{rule}\n", Small.Declarations + Declared);

        var found = Assert.Single(result.Diagnostics, found => found.Code == code);
        Assert.Equal(meant, Assert.Single(found.HintArgs));
        Assert.Null(result.Programme);
    }

    [Theory]
    [InlineData("tags: { one: { group: none } }", "TAG_GROUP_UNKNOWN")]
    [InlineData("tags: { one: { colour: red } }", "VALUE_NOT_COLOUR")]
    [InlineData("tags: { one: { color: red } }", "KEY_UNKNOWN")]
    public void A_mistake_in_a_declaration_is_found(string declared, string code) => Assert.Contains(
        code, Small.Load("ruleset: t", $"{Small.Declarations}\n{declared}\n").Diagnostics
            .Select(found => found.Code));

    [Fact]
    public void Attributes_may_be_limited_to_choices_and_ranges()
    {
        var declarations = Small.Declarations.Replace(
            "  children: number",
            "  children: { type: number, min: 0, max: 20.5 }\n  size: { type: text, choices: [s, m, l] }",
            StringComparison.Ordinal);
        var parser = new EventParser(Small.Programme("ruleset: t", declarations));

        Assert.Empty(Problems("""{"attributes":{"children":20.5,"size":"m"}}"""));
        Assert.Equal(["INPUT_OUT_OF_RANGE"], Problems("""{"attributes":{"children":-1}}"""));
        Assert.Equal(["INPUT_NOT_CHOICE"], Problems("""{"attributes":{"size":"xl"}}"""));
        Assert.Equal(["INPUT_NOT_DECIMAL"], Problems("""{"attributes":{"children":"two"}}"""));
        Assert.Equal(["INPUT_NOT_TEXT"], Problems("""{"attributes":{"size":7}}"""));

        IEnumerable<string> Problems(string json) => parser
            .Parse(EventTypes.MemberUpdated, Encoding.UTF8.GetBytes(json), static (_, value) => value)
            .Problems.Select(problem => problem.Code);
    }

    [Theory]
    [InlineData("size: { type: number, choices: [s] }")]
    [InlineData("size: { type: text, choices: [s], personal: true }")]
    [InlineData("size: { type: text, min: 1 }")]
    [InlineData("size: { type: number, min: 2, max: 1 }")]
    public void Limits_that_cannot_be_meant_are_found(string attribute) => Assert.Contains(
        "FIELD_LIMITS", Small.Load(
            "ruleset: t", Small.Declarations.Replace(
                "  children: number", $"  children: number\n  {attribute}", StringComparison.Ordinal))
            .Diagnostics.Select(found => found.Code));

    private static Programme Programme() =>
        Small.Programme(Rules, Small.Declarations + Declared);

    private static IEnumerable<string> Tags(Shopper shopper) =>
        shopper.State.Tags.Select(tag => tag.Tag).Order(StringComparer.Ordinal);
}
