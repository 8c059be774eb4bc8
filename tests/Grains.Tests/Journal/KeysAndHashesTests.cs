using System.Security.Cryptography;
using System.Text;
using MallVip.Grains.Journal;

namespace MallVip.Grains.Tests.Journal;

public sealed class KeysAndHashesTests
{
    [Fact]
    public void A_grain_key_reads_back_from_its_text_and_its_bytes()
    {
        var key = new GrainKey(GrainKind.Identity, new UInt128(0x0123456789abcdef, 0xfedcba9876543210));
        Assert.Equal("identity/0123456789abcdeffedcba9876543210", key.ToString());
        Assert.Equal(key, GrainKey.Parse(key.ToString()));
        Assert.Equal(key, GrainKey.Read(key.ToBytes()));
        Assert.Equal(GrainKey.Size, key.ToBytes().Length);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("member/")]
    [InlineData("member/0123")]
    [InlineData("Member/0123456789abcdeffedcba9876543210")]
    [InlineData("member/0123456789ABCDEFFEDCBA9876543210")]
    [InlineData("member/0123456789abcdeffedcba987654321g")]
    [InlineData("1/0123456789abcdeffedcba9876543210")]
    public void What_is_no_grain_key_is_refused(string? text) => Assert.False(GrainKey.TryParse(text, out _));

    [Fact]
    public void The_order_of_keys_is_the_order_of_their_bytes()
    {
        var keys = new[]
        {
            new GrainKey(GrainKind.Programme, UInt128.MaxValue), new GrainKey(GrainKind.Member, 0),
            new GrainKey(GrainKind.Member, 256), new GrainKey(GrainKind.Member, UInt128.One << 127),
        };
        for (var i = 1; i < keys.Length; i++)
        {
            Assert.True(keys[i - 1] < keys[i]);
            Assert.True(keys[i - 1].ToBytes().AsSpan().SequenceCompareTo(keys[i].ToBytes()) < 0);
        }
    }

    [Fact]
    public void An_event_key_is_the_first_half_of_a_hash_over_scope_source_and_id()
    {
        var expected = SHA256.HashData("event\0urn:till:7\0事-1"u8);
        Assert.Equal(EventKey.Read(expected), EventKey.ForEvent("urn:till:7", "事-1"));
        Assert.NotEqual(EventKey.ForEvent("a", "bc"), EventKey.ForEvent("ab", "c"));
        Assert.NotEqual(EventKey.ForEvent("a", "b"), EventKey.ForCommand("a", "b"));
        Assert.Throws<ArgumentException>(() => EventKey.ForEvent("a\0b", "c"));
        Assert.Equal(
            EventKey.Read(SHA256.HashData(Encoding.UTF8.GetBytes("event\0s\0" + new string('é', 900)))),
            EventKey.ForEvent("s", new string('é', 900)));
    }

    [Fact]
    public void Every_column_of_an_entry_changes_its_hash()
    {
        var hashes = new List<Hash256>
        {
            Draft().Hash, Draft(seq: 2).Hash, Draft(grain: 2).Hash, Draft(kind: "b").Hash,
            Draft(key: "b").Hash,
            Draft(content: 2).Hash, Draft(content: null).Hash, Draft(extra: []).Hash, Draft(actor: "b").Hash,
            Draft(rules: "b").Hash, Draft(body: "b").Hash, Draft(minute: 1).Hash, Draft(prev: 1).Hash,
            Draft(kind: "aa", actor: "").Hash, Draft(actor: "aa", rules: "").Hash,
        };
        Assert.Equal(hashes.Count, hashes.Distinct().Count());
        Assert.Equal(Draft().Hash, Draft().Hash);
    }

    /// <summary>Computed once by another program from the layout that <see cref="EntryHash"/>
    /// describes.</summary>
    [Fact]
    public void The_hash_of_version_1_is_this_one_for_ever() => Assert.Equal(
        "939f19972ca34b56851b5eb9c013031faede7d8fa30637adad301672473fbd1d", Draft().Hash.ToString());

    [Fact]
    public void Head_directory_keeps_every_grain_through_growth_and_pages()
    {
        var heads = new HeadDirectory();
        for (var i = 1; i <= 20_000; i++)
            heads.Set(new GrainKey((GrainKind)(i % 3), (ulong)i), new HeadPlace(i, 10L * i));
        heads.Set(new GrainKey((GrainKind)1, 1), new HeadPlace(9, 5));
        var copy = new HeadDirectory();
        for (var shard = 0; shard < HeadDirectory.Shards; shard++)
            copy.Load(heads.Page(shard));
        Assert.Equal((20_000L, 20_000L), (heads.Count, copy.Count));
        for (var i = 1; i <= 20_000; i++)
            Assert.Equal(new HeadPlace(i, 10L * i), copy.Get(new GrainKey((GrainKind)(i % 3), (ulong)i)));
        Assert.Equal(default, copy.Get(new GrainKey(GrainKind.Member, 999_999)));
        Assert.Throws<JournalDamagedException>(() => copy.Load(new byte[30]));
    }

    [Fact]
    public void The_filter_never_denies_a_key_it_holds_and_seldom_affirms_another()
    {
        var filter = new BloomFilter(10_000);
        for (var i = 0; i < 10_000; i++)
            filter.Add(EventKey.ForEvent("in", $"{i}"));
        var read = BloomFilter.Read(filter.Bytes);
        Assert.All(
            Enumerable.Range(0, 10_000), i => Assert.True(read.MayContain(EventKey.ForEvent("in", $"{i}"))));
        Assert.InRange(
            Enumerable.Range(0, 10_000).Count(i => read.MayContain(EventKey.ForEvent("out", $"{i}"))),
            0, 300);
    }

    private static EntryDraft Draft(
        long seq = 1, ulong grain = 1, string kind = "a", string key = "a", int? content = 1,
        EventKey[]? extra = null, string actor = "a", string rules = "a", string body = "a", int minute = 0,
        int prev = 0) => new()
        {
            Grain = new GrainKey(GrainKind.Member, grain),
            Seq = seq,
            At = new DateTimeOffset(2026, 11, 22, 0, minute, 0, TimeSpan.Zero),
            Kind = kind,
            Key = EventKey.ForEvent("test", key),
            ContentHash = content is { } value ? (UInt128)value : null,
            ExtraKeys = extra ?? [EventKey.ForReceipt("s", "r")],
            Actor = actor,
            RulesVersion = rules,
            PrevHash = new Hash256(0, (UInt128)prev),
            Body = Encoding.UTF8.GetBytes(body),
        };
}
