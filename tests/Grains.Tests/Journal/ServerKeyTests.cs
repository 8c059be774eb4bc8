using MallVip.Grains.Journal;

namespace MallVip.Grains.Tests.Journal;

public sealed class ServerKeyTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_key_is_made_once_for_its_owner_only_and_read_back()
    {
        Assert.Null(ServerKey.Load(_folder.Path));
        var made = ServerKey.Create(_folder.Path);
        Assert.Equal(made.Fingerprint, ServerKey.Load(_folder.Path)!.Fingerprint);
        Assert.Throws<IOException>(() => ServerKey.Create(_folder.Path));
        if (!OperatingSystem.IsWindows())
        {
            var mode = File.GetUnixFileMode(_folder.File(ServerKey.FileName));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("zz000000000000000000000000000000000000000000000000000000000000zz")]
    public void What_is_no_key_is_refused_and_the_file_named(string text)
    {
        File.WriteAllText(_folder.File(ServerKey.FileName), text);
        var refused = Assert.Throws<ServerKeyException>(() => ServerKey.Load(_folder.Path));
        Assert.Contains(ServerKey.FileName, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pseudonyms_depend_on_key_kind_member_and_value()
    {
        var (one, two) = (Of('1'), Of('2'));
        Assert.Equal(one.IdentityId("phone", "+86"), Of('1').IdentityId("phone", "+86"));
        Assert.NotEqual(one.IdentityId("phone", "+86"), two.IdentityId("phone", "+86"));
        Assert.NotEqual(one.IdentityId("phone", "+86"), one.IdentityId("card", "+86"));
        Assert.NotEqual(one.Handle(1, "phone", "+86"), one.Handle(2, "phone", "+86"));
        Assert.NotEqual(one.ContentHash("{}"u8), two.ContentHash("{}"u8));
        Assert.Equal(GrainKind.Identity, one.IdentityGrain("phone", "+86").Kind);

        static Pseudonym Of(char digit) => new(ServerKey.FromText(new string(digit, 64)));
    }
}
